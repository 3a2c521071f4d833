import TimeZones

/// A moment, and what the clocks of the event's zone show then.
public struct Moment: Hashable, Comparable, Sendable {
    public var wallClock: WallClockTime
    /// Since 1970-01-01 00:00 UTC.
    public var milliseconds: Int64

    public static func < (left: Moment, right: Moment) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

/// A time zone of the IANA database, such as `Europe/London`.
public struct EventZone: Hashable, Sendable {
    public let name: String
    private let zone: TimeZone

    /// Throws if there is no such zone, with the name that was probably meant.
    public init(_ name: String) throws(InvalidText) {
        guard let zone = TimeZone(name) else {
            // Nobody means those of "Etc": "Etc/GMT+5" is five hours behind, and knows no summer time.
            let places = TimeZone.identifiers().filter { !$0.hasPrefix("Etc/") }
            let meant =
                nearest(to: name, among: places)
                ?? places.first { $0.lowercased().hasSuffix("/" + name.lowercased()) }
            throw InvalidText(
                "is no time zone: \"\(name)\"; "
                    + (meant.map { "did you mean \"\($0)\"?" } ?? "write one such as \"Europe/London\""))
        }
        self.name = name
        self.zone = zone
    }

    public func moment(milliseconds: Int64) -> Moment {
        Moment(
            wallClock: WallClockTime(millisecondsAsUTC: milliseconds + offset(at: milliseconds)),
            milliseconds: milliseconds)
    }

    /// The moment at which clocks show this: the first, where they show it twice because they are set back.
    /// Throws where they never do because they are set forward.
    public func moment(_ wallClock: WallClockTime) throws(InvalidText) -> Moment {
        guard let milliseconds = candidates(for: wallClock).min() else {
            throw InvalidText(
                "is \(wallClock), which clocks in \(name) never show: they are set forward over it")
        }
        return Moment(wallClock: wallClock, milliseconds: milliseconds)
    }

    /// The moment at which clocks show this or, where they skip it, what they would show had they not been
    /// set forward yet.
    func nearestMoment(_ wallClock: WallClockTime) -> Moment {
        if let milliseconds = candidates(for: wallClock).min() {
            return Moment(wallClock: wallClock, milliseconds: milliseconds)
        }
        let naive = wallClock.millisecondsAsUTC
        return moment(milliseconds: naive - offset(at: naive - EventZone.day))
    }

    private static let day: Int64 = 86_400_000

    /// Every moment at which clocks show this. Zones change their offset at most once in two days.
    private func candidates(for wallClock: WallClockTime) -> [Int64] {
        let naive = wallClock.millisecondsAsUTC
        return [offset(at: naive - EventZone.day), offset(at: naive + EventZone.day)]
            .map { naive - $0 }
            .filter { $0 + offset(at: $0) == naive }
    }

    /// How many milliseconds the zone is ahead of UTC then.
    private func offset(at milliseconds: Int64) -> Int64 {
        Int64(zone.offset(at: milliseconds)) * 1_000
    }
}
