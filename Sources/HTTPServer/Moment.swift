import Glibc

/// A time of the monotonic clock, in milliseconds.
struct Moment: Comparable, Sendable {
    let milliseconds: UInt64

    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(milliseconds: UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000)
    }

    func adding(seconds: Double) -> Moment {
        Moment(milliseconds: milliseconds + UInt64(seconds * 1_000))
    }

    static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }
}
