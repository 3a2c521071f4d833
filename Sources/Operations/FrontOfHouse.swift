public import Registration
internal import Secrets
internal import Storage
internal import Synchronization

/// An event's front of house: all that people can do with Lanyard, through whatever face they come.
///
/// What is answered is on disk. A refusal is a returned value; what is thrown is a fault: `StorageFault`,
/// `Overloaded` where too much waits for the writer, or `StorageClosed` after `close`.
public final class FrontOfHouse: Sendable {
    let store: Store
    let clock: @Sendable () -> Timestamp
    let random = RandomSource()
    let links: KeyedLink
    let forms: FormToken
    let feed: ActivityFeed
    let passwords = Passwords()
    let signInLimits: SignInLimits
    let certificateChecks: RateLimit
    /// How many codes of certificates a client may have checked for each time it may try to sign in.
    static let checksPerSignIn = 6
    let mailTrouble = Mutex<MailTrouble?>(nil)
    let linkRequests = RateLimit(perMinute: FrontOfHouse.linksPerMinute)
    /// How many letters with their link an address is sent a minute.
    static let linksPerMinute = 2
    let strays: RateLimit
    public let followers: LiveFollowers
    public let settings: Settings
    /// Tells this installation's print jobs from others' at a shared print server.
    public let installation: String

    public struct Settings: Sendable {
        /// Where people reach the pages, without a slash at the end.
        public var publicURL: String
        /// The names of the configured printers; the first is used where none is named.
        public var printers: [String]
        /// Writes that may wait for the writer, past which a caller is told to come back.
        public var waitingWrites = 10_000
        public var signInsPerMinute = 10
        /// Scans of one door that are no attendee's code and kept all the same; they fill disk and record.
        public var unknownCodesPerMinute = 1_200
        public var liveFollowers = 1_000
        /// Whether mail is configured: without it no letters are written and none are owed.
        public var letters = false
        /// Whether letters are also written where the daemon of the database noted that it sends some; for what works
        /// beside it without its configuration.
        public var followsDaemon = false
        /// How long a sign-in lasts after it was last used.
        public var staffSessionSeconds: Int64 = 12 * 60 * 60
        /// How long a sign-in lasts at most, however much it is used.
        public var longestStaffSessionSeconds: Int64 = 7 * 24 * 60 * 60

        public init(publicURL: String, printers: [String] = []) {
            self.publicURL = publicURL
            self.printers = printers
        }
    }

    /// Opens the database file and migrates it.
    ///
    /// - Parameters:
    ///   - creates: whether a file that isn't there, or is empty, becomes a database.
    ///   - onCommit: called after each commit with the number of writes in it and what they recorded, on the
    ///     writer's thread.
    ///   - onFault: called for a fault that no caller can be told of.
    public init(
        database path: String, creates: Bool, settings: Settings, clock: @escaping @Sendable () -> Timestamp,
        onCommit: @escaping @Sendable (Int, [ActivityRecord]) -> Void = { _, _ in },
        onFault: @escaping @Sendable (any Error) -> Void
    ) async throws {
        let feed = ActivityFeed()
        var settings = settings
        var limits = Store.Limits()
        limits.waitingWrites = settings.waitingWrites
        store = try Store(
            path: path, creates: creates, limits: limits,
            onCommit: { commit in
                if commit.writes > 0 { onCommit(commit.writes, commit.activity) }
                feed.publish(commit.activity, hasLetters: commit.letters > 0)
            }, onFault: onFault)
        do {
            (links, forms, installation, settings.letters) = try await store.read { [settings] snapshot in
                (
                    KeyedLink(key: try snapshot.key(.links)), FormToken(key: try snapshot.key(.forms)),
                    try snapshot.installation(),
                    try settings.letters || (settings.followsDaemon && snapshot.sendsLetters())
                )
            }
        } catch {
            store.close()
            throw error
        }
        self.feed = feed
        self.settings = settings
        self.clock = clock
        followers = LiveFollowers(limit: settings.liveFollowers)
        signInLimits = SignInLimits(perMinute: settings.signInsPerMinute)
        certificateChecks = RateLimit(perMinute: FrontOfHouse.checksPerSignIn * settings.signInsPerMinute)
        strays = RateLimit(perMinute: settings.unknownCodesPerMinute)
    }

    /// The time by which everything is judged.
    public var now: Timestamp { clock() }

    /// How many writes wait for the writer.
    public var waitingWrites: Int { store.waitingWrites }

    /// Whether the database answers and its disk takes what is written, within the time that a write of this
    /// moment takes; throws `Overloaded` where one more write would be refused.
    public func answers() async throws {
        let now = now
        try await store.write { try $0.beat(at: now) }
    }

    /// The same, however many writes wait, for the one watcher who asks again only when answered: a writer that
    /// has much to do is alive.
    public func isAlive() async throws {
        let now = now
        try await store.writePastLimit { try $0.beat(at: now) }
    }

    /// Finishes the work under way, takes no more, and ends everybody's following. Blocks its thread.
    public func close() {
        feed.close()
        store.close()
    }
}
