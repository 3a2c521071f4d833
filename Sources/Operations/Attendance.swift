public import Registration
internal import Storage

/// How an event is attended at one moment.
public struct Attendance: Sendable {
    public var event: Event
    public var registered: Int
    public var waiting: Int
    public var arrived: Int
    public var sessions: [SessionAttendance]
    /// The number of the newest activity that is counted in.
    public var activity: Int64
}

public struct SessionAttendance: Sendable {
    public var session: Session
    public var places: Places
    public var arrived: Int
}

/// How many people were first admitted at the entrance in a span of time.
public struct ArrivalCount: Hashable, Sendable {
    public static let spanMilliseconds = Scan.arrivalSpanMilliseconds

    /// A whole multiple of the span since 1970.
    public var began: Timestamp
    public var count: Int

    public init(began: Timestamp, count: Int) {
        self.began = began
        self.count = count
    }
}

/// A scan as organisers see it.
public struct ScanSummary: Sendable {
    public var scan: Scan
    public var point: String
    /// Nil where the code is nobody's, or another event's.
    public var reference: Reference?
    public var name: String?
}

extension FrontOfHouse {
    /// How the event is attended; nil if there is no such event.
    public func attendance(event slug: String) async throws -> Attendance? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let places = try snapshot.places(of: event.id)
            let points = try snapshot.points(of: event.id)
            let arrivals = try snapshot.arrivals(of: event.id)
            let sessions = Programme(try snapshot.offers(of: event.id)).offers.map { offer in
                let point = points.first { $0.session == offer.session.id }
                return SessionAttendance(
                    session: offer.session, places: offer.places,
                    arrived: point.flatMap { arrivals[$0.id] } ?? 0)
            }
            let entrance = points.first { $0.slug == CheckInPoint.entrance }
            return Attendance(
                event: event, registered: places.confirmed, waiting: places.waiting,
                arrived: entrance.flatMap { arrivals[$0.id] } ?? 0, sessions: sessions,
                activity: try snapshot.latestActivity(of: event.id))
        }
    }

    /// Arrivals at the entrance in spans of five minutes, those without any left out.
    public func arrivals(event slug: String) async throws -> [ArrivalCount] {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug),
                let entrance = try snapshot.points(of: event.id).first(where: {
                    $0.slug == CheckInPoint.entrance
                })
            else { return [] }
            return try snapshot.arrivals(at: entrance.id)
                .map { ArrivalCount(began: $0.began, count: $0.count) }
        }
    }

    /// The newest scans, newest first.
    public func latestScans(event slug: String, limit: Int) async throws -> [ScanSummary] {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return [] }
            let points = Dictionary(
                uniqueKeysWithValues: try snapshot.points(of: event.id).map { ($0.id, $0.slug) })
            return try snapshot.latestScans(of: event.id, limit: limit).map { scan in
                var attendee: Attendee?
                if case .attendee(let id, _) = scan.subject { attendee = try snapshot.findAttendee(id) }
                if attendee?.event != event.id { attendee = nil }
                return ScanSummary(
                    scan: scan, point: points[scan.point] ?? "", reference: attendee?.reference,
                    name: attendee?.name)
            }
        }
    }
}
