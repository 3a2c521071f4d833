internal import Registration

/// Finds the scan that a new one may be a repetition of, without an index that each scan would have to feed.
///
/// It only points at rows: whoever asks reads the row and makes sure, so that an entry whose transaction was
/// rolled back does no harm. It is read from the database when that is opened, so a restart forgets nothing.
struct RecentScans {
    private struct Key: Hashable {
        let point: PointID
        let door: String
        let subject: Scan.Subject

        init(_ scan: Scan) {
            (point, door, subject) = (scan.point, scan.door, scan.subject)
        }

        init(point: PointID, door: String, subject: Scan.Subject) {
            (self.point, self.door, self.subject) = (point, door, subject)
        }
    }

    /// Entries of this span of time and of the one before; older ones are dropped together.
    private var current: [Key: Int64] = [:]
    private var previous: [Key: Int64] = [:]
    private var currentBegan = Timestamp(rawValue: 0)

    init(_ connection: Connection) throws {
        let rows = try connection.all(
            """
            SELECT id, door, attendee_id, print, stray, received_at, point_id FROM scan
            WHERE id > (SELECT max(id) FROM scan) - 100000
                AND abs(received_at - (SELECT received_at FROM scan ORDER BY id DESC LIMIT 1)) < $1
            ORDER BY id
            """, .integer(Scan.repeatMilliseconds)
        ) { row in
            let subject = Scan.Subject(row: row, from: 2)
            return (
                row.integer(0), Key(point: row.id(6), door: row.text(1), subject: subject), row.time(5)
            )
        }
        for (id, key, received) in rows { note(id, as: key, at: received) }
    }

    mutating func note(_ scan: Scan, number: Int64) {
        note(number, as: Key(scan), at: scan.received)
    }

    private mutating func note(_ scan: Int64, as key: Key, at now: Timestamp) {
        let age = now.milliseconds(since: currentBegan)
        if age > Scan.repeatMilliseconds {
            previous = current
            current.removeAll(keepingCapacity: true)
        }
        // A clock that was set back begins the span again but drops nothing: what came just before is still
        // to be found.
        if abs(age) > Scan.repeatMilliseconds { currentBegan = now }
        current[key] = scan
    }

    func candidate(for scan: Scan) -> Int64? {
        let key = Key(scan)
        return current[key] ?? previous[key]
    }
}

extension Scan.Subject {
    /// Reads three columns: the attendee's number, the print, the stray text.
    init(row: Row, from column: Int32) {
        if row.isNull(column) {
            self = .stray(row.text(column + 2))
        } else {
            self = .attendee(row.id(column), print: row.optionalCount(column + 1))
        }
    }
}
