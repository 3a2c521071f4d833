/// How many places something has, and how many of them are taken.
public struct Places: Hashable, Sendable {
    /// Nil where the number is not limited.
    public var capacity: Int?
    public var confirmed: Int
    public var waiting: Int
    /// Whether nobody is promoted from the waiting list at present: what becomes free stays free for those in it.
    public var isHeld: Bool

    public init(capacity: Int?, confirmed: Int, waiting: Int, isHeld: Bool = false) {
        self.capacity = capacity
        self.confirmed = confirmed
        self.waiting = waiting
        self.isHeld = isHeld
    }

    /// How many nobody has, never below 0; nil where the number is not limited.
    public var free: Int? {
        capacity.map { max(0, $0 - confirmed) }
    }

    /// How many can still be given to whoever comes, never below 0; nil where the number is not limited.
    public var left: Int? {
        isHeld && waiting > 0 ? capacity.map { _ in 0 } : free
    }

    /// Whether whoever comes can only wait.
    public var isFull: Bool { left == 0 }
}
