/// Two sessions that nobody can be in at once.
public struct Clash: Hashable, Sendable {
    public var first: Session
    public var second: Session

    public init(first: Session, second: Session) {
        self.first = first
        self.second = second
    }

    /// Each pair that overlaps in time, in the order of the list; the first `limit` of those that count.
    public static func all(
        among sessions: [Session], limit: Int = .max,
        where counts: (_ first: Session, _ second: Session) -> Bool = { _, _ in true }
    ) -> [Clash] {
        var clashes: [Clash] = []
        for index in sessions.indices {
            for other in sessions[(index + 1)...]
            where sessions[index].overlaps(other) && counts(sessions[index], other) {
                clashes.append(Clash(first: sessions[index], second: other))
                if clashes.count == limit { return clashes }
            }
        }
        return clashes
    }
}
