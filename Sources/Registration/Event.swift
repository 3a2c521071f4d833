/// One conference: where and when it is, how many it holds, and when its registration and doors are open.
public struct Event: Hashable, Sendable {
    public var id: EventID
    /// The name in addresses: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
    public var slug: String
    public var title: String
    public var venue: String
    /// An IANA time zone name, such as `Europe/London`; every local time of the event is in it.
    public var timeZone: String
    public var starts: Timestamp
    public var ends: Timestamp
    /// How many attendees may be confirmed at once, 1 to 1,000,000.
    public var capacity: Int
    /// An e-mail address for questions.
    public var contact: String
    public var summary: String
    public var registrationOpens: Timestamp
    public var registrationCloses: Timestamp
    public var doorsOpen: Timestamp
    public var doorsClose: Timestamp
    /// From when on attendees can't change or cancel any more.
    public var changesClose: Timestamp
    /// From when on nobody is promoted from a waiting list any more but by hand.
    public var listsClose: Timestamp
    /// From when on access and dietary needs are deleted and not taken any more.
    public var needsPurged: Timestamp
    /// Whether the organiser holds the waiting lists by hand.
    public var listsHeld = false

    /// - Parameters:
    ///   - changesClose: when the event starts, where nothing else is said; so is `listsClose`.
    ///   - needsPurged: `needsKeptDays` after the event ends, where nothing else is said.
    public init(
        id: EventID, slug: String, title: String, venue: String, timeZone: String, starts: Timestamp,
        ends: Timestamp, capacity: Int, contact: String, summary: String, registrationOpens: Timestamp,
        registrationCloses: Timestamp, doorsOpen: Timestamp, doorsClose: Timestamp,
        changesClose: Timestamp? = nil, listsClose: Timestamp? = nil, needsPurged: Timestamp? = nil
    ) {
        self.id = id
        self.slug = slug
        self.title = title
        self.venue = venue
        self.timeZone = timeZone
        self.starts = starts
        self.ends = ends
        self.capacity = capacity
        self.contact = contact
        self.summary = summary
        self.registrationOpens = registrationOpens
        self.registrationCloses = registrationCloses
        self.doorsOpen = doorsOpen
        self.doorsClose = doorsClose
        self.changesClose = changesClose ?? starts
        self.listsClose = listsClose ?? starts
        self.needsPurged = needsPurged ?? Event.usualNeedsPurge(after: ends)
    }

    /// How many days access and dietary needs are kept after the event, where its organiser says nothing else.
    public static let needsKeptDays: Int64 = 14

    /// When they are deleted where its organiser says nothing else.
    public static func usualNeedsPurge(after ends: Timestamp) -> Timestamp {
        ends.adding(seconds: needsKeptDays * 86_400)
    }

    /// Whether access and dietary needs may still be written down.
    public func takesNeeds(at now: Timestamp) -> Bool { now < needsPurged }

    /// Whether nobody is promoted from a waiting list at that time but by hand.
    public func holdsLists(at now: Timestamp) -> Bool { listsHeld || now >= listsClose }
}
