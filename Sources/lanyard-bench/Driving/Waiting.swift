import Glibc

/// Waits for several peers at once.
struct Waiting {
    /// How long the daemon may say nothing while it owes answers.
    static let patienceSeconds = 20.0

    private var descriptors: [pollfd]

    init(_ peers: [Peer]) {
        descriptors = peers.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    /// Waits until a peer has something and calls `body` with the position of each that has.
    mutating func forEachReady(_ body: (Int) throws -> Void) throws {
        let count = poll(&descriptors, nfds_t(descriptors.count), Int32(Waiting.patienceSeconds * 1_000))
        guard count > 0 else {
            if count < 0, errno == EINTR { return }
            throw Failure("no answer came for \(Int(Waiting.patienceSeconds)) s")
        }
        for index in descriptors.indices where descriptors[index].revents != 0 { try body(index) }
    }
}

/// Seconds of the clock that nobody sets.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How long something is repeated: for a time, or until a count is reached, whichever comes first.
struct Bound {
    var seconds = Double.infinity
    var count = Int.max
}

/// What a driver did.
struct Driven {
    /// How many answers came, each of them checked.
    var answered: Int
    /// From the first request to the last answer.
    var seconds: Double

    var perSecond: Double { Double(answered) / seconds }
}
