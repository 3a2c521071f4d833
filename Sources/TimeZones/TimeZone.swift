internal import CGLib
internal import Synchronization

/// A time zone of the IANA database, as Debian's package `tzdata` has it.
///
/// Foundation's brings 40 MB of languages along; the program without it takes 6 MB less of memory.
public struct TimeZone: Hashable, Sendable {
    /// `Europe/London`
    public let identifier: String
    private let rules: Rules

    /// Nil if there is no such zone. What knows nothing of summer time, such as `EST` and `GMT+5`, is none.
    public init?(_ identifier: String) {
        guard let rules = Rules.named(identifier) else { return nil }
        self.identifier = identifier
        self.rules = rules
    }

    private init(utc identifier: String) {
        self.identifier = identifier
        rules = .utc
    }

    /// Coordinated universal time, which knows no summer time.
    public static let utc = TimeZone(utc: "UTC")

    /// How many seconds clocks in the zone are ahead of UTC.
    ///
    /// - Parameter milliseconds: the moment, since 1970-01-01 00:00 UTC.
    public func offset(at milliseconds: Int64) -> Int {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        return rules.offset(at: rest < 0 ? seconds - 1 : seconds)
    }

    public static func == (left: TimeZone, right: TimeZone) -> Bool { left.identifier == right.identifier }
    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

/// What GLib read of a zone, once for all who ask, and kept: there are some 600.
// Sendable: a GTimeZone never changes once it is made, and may be asked by many threads at once.
private struct Rules: @unchecked Sendable {
    private let zone: OpaquePointer

    static let utc = Rules(zone: g_time_zone_new_utc())
    private static let known = Mutex<[String: Rules]>([:])

    static func named(_ identifier: String) -> Rules? {
        if identifier == "UTC" { return utc }
        guard isZone(identifier) else { return nil }
        return known.withLock { known in
            if let rules = known[identifier] { return rules }
            guard let zone = g_time_zone_new_identifier(identifier) else { return nil }
            let rules = Rules(zone: zone)
            known[identifier] = rules
            return rules
        }
    }

    /// Whether it reads as an area and a place. GLib would take offsets too, and paths to other files.
    private static func isZone(_ identifier: String) -> Bool {
        let parts = identifier.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy { part in
                part.first?.isUppercase == true
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
            }
    }

    func offset(at seconds: Int64) -> Int {
        let interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, Int(seconds))
        return Int(g_time_zone_get_offset(zone, interval))
    }
}
