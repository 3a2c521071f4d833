/// A moment, in whole milliseconds since 1970-01-01 00:00 UTC, leap seconds not counted.
public struct Timestamp: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.rawValue < right.rawValue
    }

    public func adding(milliseconds: Int64) -> Timestamp {
        Timestamp(rawValue: rawValue + milliseconds)
    }

    public func adding(seconds: Int64) -> Timestamp {
        adding(milliseconds: seconds * 1_000)
    }

    /// Milliseconds from `earlier` to this moment; negative if this one came first.
    public func milliseconds(since earlier: Timestamp) -> Int64 {
        rawValue - earlier.rawValue
    }
}
