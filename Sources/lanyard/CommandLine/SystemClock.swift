import Glibc
import Registration

enum SystemClock {
    /// The system's time; one that jumps back is taken as it is, since people's clocks do the same.
    static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(rawValue: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
