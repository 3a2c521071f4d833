/// The number of a row, typed by what the row is, so that a session's number can't be passed for an event's.
public struct Identifier<Thing>: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }
}

extension Identifier: Comparable {
    /// Rows that were made earlier have lower numbers.
    public static func < (first: Identifier, second: Identifier) -> Bool { first.rawValue < second.rawValue }
}

extension Identifier: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

public typealias EventID = Identifier<Event>
public typealias SessionID = Identifier<Session>
public typealias AttendeeID = Identifier<Attendee>
public typealias PointID = Identifier<CheckInPoint>
