internal import Registration
internal import Secrets

/// What both kinds of transaction can do: read. The tables' readers are extensions of it.
public protocol Reading: AnyObject {
    /// Reached by the tables alone.
    var tables: TableAccess { get }
}

/// The connection of a transaction, shown to nobody outside Storage.
public struct TableAccess {
    let connection: Connection
    private let references: NumberPermutation

    init(_ connection: Connection) throws {
        self.connection = connection
        references = NumberPermutation(key: try connection.key(.references))
    }

    /// The row's number through a permutation that only this database knows.
    func reference(of attendee: AttendeeID) -> Reference {
        Reference(number: references.image(of: UInt64(attendee.rawValue)))
    }

    func attendeeID(of reference: Reference) -> AttendeeID {
        AttendeeID(rawValue: Int64(references.number(of: reference.number)))
    }
}

/// A consistent view of the whole database that waits for no writer.
public final class Snapshot: Reading {
    public let tables: TableAccess

    init(_ connection: Connection) throws {
        tables = try TableAccess(connection)
    }
}

/// What one piece of work does to the database: all of it or nothing.
public final class Transaction: Reading {
    public let tables: TableAccess
    /// What the batch's work has recorded so far, handed to the followers after the commit.
    var recorded: [ActivityRecord] = []
    /// How many letters the batch's work has written so far.
    var letters = 0
    /// How many of the batch's pieces of work only asked whether the disk takes anything.
    var heartbeats = 0
    var recentScans: RecentScans
    /// What was read of events, by their slugs.
    var timetables: [String: Timetable] = [:]

    init(_ connection: Connection) throws {
        tables = try TableAccess(connection)
        recentScans = try RecentScans(connection)
    }

    /// What of an event changes only by an import, read again where it did, with the event's places now.
    public func timetable(of slug: String) throws -> Timetable? {
        if let known = timetables[slug] {
            let (revision, places) = try revisionAndPlaces(of: known.event.id)
            if known.revision == revision { return known.with(places) }
        }
        let fresh = try Timetable(slug, in: self)
        timetables[slug] = fresh
        return fresh
    }

    /// Forgets what was read in a transaction that did not come to be.
    func forget() {
        timetables.removeAll()
        recorded.removeAll()
    }
}

extension Reading {
    var connection: Connection { tables.connection }
}
