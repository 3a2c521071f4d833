/// How many places something has, and how many of them are taken.
public struct Places: Hashable, Sendable {
    /// Nil where the number is not limited.
    public var capacity: Int?
    public var confirmed: Int
    public var waiting: Int

    public init(capacity: Int?, confirmed: Int, waiting: Int) {
        self.capacity = capacity
        self.confirmed = confirmed
        self.waiting = waiting
    }

    /// How many can still be given away, never below 0; nil where the number is not limited.
    public var left: Int? {
        capacity.map { max(0, $0 - confirmed) }
    }

    public var isFull: Bool { left == 0 }
}
