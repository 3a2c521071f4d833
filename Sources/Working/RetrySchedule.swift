/// How long to wait before something is tried again: longer each time, up to a limit, and never all at once.
public struct RetrySchedule: Hashable, Sendable {
    public var firstMilliseconds: Int64
    public var longestMilliseconds: Int64

    public init(firstMilliseconds: Int64, longestMilliseconds: Int64) {
        self.firstMilliseconds = firstMilliseconds
        self.longestMilliseconds = longestMilliseconds
    }

    /// The wait after so many failures in a row, 1 or more; `jitter`, from 0 to 1, spreads it from a half of
    /// the full wait to the whole.
    public func milliseconds(afterFailures failures: Int, jitter: Double) -> Int64 {
        let doublings = Int64(min(max(failures - 1, 0), 30))
        let full = min(firstMilliseconds << doublings, longestMilliseconds)
        return full / 2 + Int64(Double(full - full / 2) * min(max(jitter, 0), 1))
    }
}
