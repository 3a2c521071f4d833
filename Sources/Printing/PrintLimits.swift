/// Every figure that bounds printing, named once.
enum PrintLimits {
    /// How many queues of a server are listed.
    static let destinations = 1_000
    /// How large a rendered badge may be; a page of text, a logo and a code has a hundredth of that.
    static let badgeBytes = 8 << 20
    /// How long connecting, asking and handing over a badge may take together.
    static let patienceMilliseconds = 8_000
}
