internal import Working

/// Every figure that bounds printing, named once.
enum PrintLimits {
    /// How many queues of a server are listed.
    static let destinations = 1_000
    /// How large a rendered badge may be; a page of text, a logo and a code has a hundredth of that.
    static let badgeBytes = 8 << 20
    /// How long connecting, asking and handing over a badge may take together. Stopping waits for it, and has
    /// 10 s.
    static let patienceMilliseconds = 8_000
    /// How many badges a queue has at once: enough that it never waits for the next, and few enough that most
    /// are still ours to give to another printer when this one breaks.
    static let badgesInFlight = 4
    /// How many of a printer's jobs are looked at in one round.
    static let jobsInRound = 128
    /// How soon a job under way is looked at again, and how seldom while nothing changes.
    static let lookMilliseconds: ClosedRange<Int64> = 250...2_000
    /// How soon what failed is tried again, and how seldom while it goes on failing.
    static let retries = RetrySchedule(firstMilliseconds: 500, longestMilliseconds: 15_000)
}
