internal import CEpoll
import Glibc

/// Says which of many descriptors can be read from or written to; each is known by a number of the caller's.
///
/// The corresponding C functions are `epoll_ctl` and `epoll_wait`, level-triggered.
struct Poller: ~Copyable {
    struct Interest: OptionSet, Sendable {
        let rawValue: UInt32
        static let input = Interest(rawValue: EPOLLIN.rawValue)
        static let output = Interest(rawValue: EPOLLOUT.rawValue)
        /// The peer is gone in both directions, or the connection has failed; always reported.
        static let ended = Interest(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
    }

    private let epoll: Descriptor
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws(ListenError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw ListenError("make an epoll instance", errno) }
        epoll = Descriptor(number)
    }

    func add(_ descriptor: Int32, _ interest: Interest, number: UInt64) {
        control(EPOLL_CTL_ADD, descriptor, interest, number)
    }

    func change(_ descriptor: Int32, _ interest: Interest, number: UInt64) {
        control(EPOLL_CTL_MOD, descriptor, interest, number)
    }

    func remove(_ descriptor: Int32) {
        control(EPOLL_CTL_DEL, descriptor, [], 0)
    }

    /// Waits for at most so many milliseconds, without end if negative, and says how many events there are.
    mutating func wait(milliseconds: Int32) -> Int {
        max(0, Int(epoll_wait(epoll.number, &events, Int32(events.count), milliseconds)))
    }

    /// One of the events that the last `wait` counted.
    func event(_ index: Int) -> (number: UInt64, ready: Interest) {
        (events[index].data.u64, Interest(rawValue: events[index].events))
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: Interest, _ number: UInt64) {
        var event = epoll_event(events: interest.rawValue, data: epoll_data_t(u64: number))
        epoll_ctl(epoll.number, operation, descriptor, &event)
    }
}

/// Wakes a `Poller` from another thread. The corresponding C function is `eventfd`.
struct Alarm: ~Copyable, Sendable {
    private let descriptor: Descriptor

    init() throws(ListenError) {
        let number = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard number >= 0 else { throw ListenError("make an eventfd", errno) }
        descriptor = Descriptor(number)
    }

    var number: Int32 { descriptor.number }

    func ring() {
        var one: UInt64 = 1
        write(descriptor.number, &one, 8)
    }

    func silence() {
        var count: UInt64 = 0
        read(descriptor.number, &count, 8)
    }
}
