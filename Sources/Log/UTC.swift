import Glibc

enum UTC {
    /// This moment in ISO 8601, in milliseconds.
    static var now: String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var date = tm()
        gmtime_r(&time.tv_sec, &date)
        let (milliseconds, seconds) = (time.tv_nsec / 1_000_000, Int(date.tm_sec))
        return "\(date.tm_year + 1900)-\(padded(date.tm_mon + 1))-\(padded(date.tm_mday))T"
            + "\(padded(date.tm_hour)):\(padded(date.tm_min)):\(padded(Int32(seconds)))."
            + "\(milliseconds < 100 ? "0" : "")\(milliseconds < 10 ? "0" : "")\(milliseconds)Z"
    }

    private static func padded(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
