internal import Working

/// Every figure that bounds mail, named once.
enum MailLimits {
    /// How large a file of a template may be.
    static let templateBytes = 64 << 10
    /// How many letters are looked at in one round.
    static let lettersInRound = 256
    /// How many characters of a server's words are kept.
    static let wordsLength = 300
    /// How many letters may be under way at once, all but one of them slow. Past that the others wait after all.
    static let slowLetters = 8
    /// How soon the next letters are looked for again while slow ones are under way.
    static let lookMilliseconds: Int64 = 2_000
    /// How soon letters are found that another process wrote, say an import beside the daemon.
    static let outsideMilliseconds: Int64 = 5_000
    /// How long a connection without letters is kept for the next.
    static let idleMilliseconds: Int64 = 10_000
    /// How large a side of a module of the QR code  is, in pixels.
    static let modulePixels = 12
    /// How much of an encoded word's 75 characters (RFC 2047, section 2) is text, in bytes before base 64.
    static let encodedWordBytes = 45
    /// How long a line of a header gets before it is folded (RFC 5322, section 2.1.1, and RFC 2047, section 2, for one
    /// with an encoded word).
    static let headerLine = 76

    /// How many bytes of text the first encoded word of a field holds, so that it fits on the line of the field's name.
    static func firstEncodedWordBytes(afterName length: Int) -> Int {
        // After the colon and the space: what says that it is an encoded word takes 12 characters, and each three bytes
        // four.
        min(encodedWordBytes, (headerLine - length - 2 - 12) / 4 * 3)
    }
}

/// How long a mail server is waited for, and when what failed is tried again.
struct MailPace: Sendable {
    /// After how many seconds without an answer a letter is left to its connection and the next goes over another.
    var slowSeconds = 10.0
    /// How long the server may take for each answer, in seconds.
    var answerSeconds = 120.0
    /// How long it may take to say that it took a letter: who hangs up earlier may cause a second one (RFC 5321,
    /// section 4.5.3.2.6).
    var acceptanceSeconds = 600.0
    /// The same once Lanyard is told to stop, which has 10 s in all.
    var stopSeconds = 7.0
    /// When a letter is tried again that the server put off, say since it does so with every stranger's first.
    var letters = RetrySchedule(firstMilliseconds: 60_000, longestMilliseconds: 60 * 60_000)
    /// When the server is tried again that took none.
    var server = RetrySchedule(firstMilliseconds: 1_000, longestMilliseconds: 5 * 60_000)
    /// How long a letter is tried that its recipient's server puts off.
    var giveUpSeconds: Int64 = 3 * 24 * 60 * 60
}
