/// An event and its programme as its file has them: what `lanyard event import` reads and `export` writes.
public struct EventFile: Hashable, Sendable {
    /// In bytes; hundreds of sessions fit many times over.
    public static let sizeLimit = 8 << 20
    public static let sessionLimit = 500
    public static let capacityLimit = 1_000_000
    /// Those of its times; past them a calendar's text has no room for a year, and a zone may lead out of it.
    static let years = 1970...9998
    /// No session may have it: it is the check-in point of the event's entrance.
    public static let reservedSlug = "entrance"

    public var slug: String
    public var title: String
    public var venue: String
    public var zone: EventZone
    public var starts: Moment
    public var ends: Moment
    public var capacity: Int
    public var contact: String
    public var summary: String
    /// Nil: from the import on.
    public var registrationOpens: Moment?
    /// Nil: when the event starts.
    public var registrationCloses: Moment?
    /// Nil: two hours before the event starts.
    public var doorsOpen: Moment?
    /// Nil: when the event ends.
    public var doorsClose: Moment?
    /// From when on attendees can't change or cancel; nil: when the event starts.
    public var changesClose: Moment?
    /// From when on nobody is promoted from a waiting list; nil: when the event starts.
    public var listsClose: Moment?
    /// From when on access and dietary needs are deleted; nil: 14 days after the event ends.
    public var needsPurged: Moment?
    public var sessions: [Session]
    public var questions: [Question]

    public struct Session: Hashable, Sendable {
        public enum Kind: String, CaseIterable, Hashable, Sendable {
            case keynote, workshop, talk
            case pause = "break"
        }

        public var slug: String
        public var kind: Kind
        public var title: String
        public var speakers: [String]
        public var room: String
        public var starts: Moment
        public var ends: Moment
        /// Nil: open to everyone registered.
        public var capacity: Int?
        public var abstract: String
        /// Web addresses.
        public var materials: [String]

        public init(
            slug: String, kind: Kind, title: String, speakers: [String], room: String, starts: Moment,
            ends: Moment, capacity: Int?, abstract: String, materials: [String]
        ) {
            self.slug = slug
            self.kind = kind
            self.title = title
            self.speakers = speakers
            self.room = room
            self.starts = starts
            self.ends = ends
            self.capacity = capacity
            self.abstract = abstract
            self.materials = materials
        }
    }

    public init(
        slug: String, title: String, venue: String, zone: EventZone, starts: Moment, ends: Moment,
        capacity: Int, contact: String, summary: String, registrationOpens: Moment? = nil,
        registrationCloses: Moment? = nil, doorsOpen: Moment? = nil, doorsClose: Moment? = nil,
        changesClose: Moment? = nil, listsClose: Moment? = nil, needsPurged: Moment? = nil,
        sessions: [Session], questions: [Question] = []
    ) {
        self.slug = slug
        self.title = title
        self.venue = venue
        self.zone = zone
        self.starts = starts
        self.ends = ends
        self.capacity = capacity
        self.contact = contact
        self.summary = summary
        self.registrationOpens = registrationOpens
        self.registrationCloses = registrationCloses
        self.doorsOpen = doorsOpen
        self.doorsClose = doorsClose
        self.changesClose = changesClose
        self.listsClose = listsClose
        self.needsPurged = needsPurged
        self.sessions = sessions
        self.questions = questions
    }

    /// When registration opens and closes, in milliseconds UTC, for a file imported now.
    public func registrationTimes(now: Int64) -> (opens: Int64, closes: Int64) {
        let closes = (registrationCloses ?? starts).milliseconds
        return (registrationOpens?.milliseconds ?? min(now, closes), closes)
    }

    /// When the doors open and close, in milliseconds UTC.
    public var doorTimes: (opens: Int64, closes: Int64) {
        let twoHours: Int64 = 2 * 3_600_000
        return (doorsOpen?.milliseconds ?? starts.milliseconds - twoHours, (doorsClose ?? ends).milliseconds)
    }

    /// The same event on another day: everything moves by as many days as its start does, and clocks show
    /// the same. A time that clocks skip on its new day moves with them. Throws where a time leaves the years that
    /// one may have.
    public func moved(to day: CalendarDay) throws(InvalidText) -> EventFile {
        let days = day.number - starts.wallClock.day.number
        func move(_ moment: Moment) throws(InvalidText) -> Moment {
            var wallClock = moment.wallClock
            wallClock.day = CalendarDay(number: wallClock.day.number + days)
            try wallClock.checkYear()
            return zone.nearestMoment(wallClock)
        }
        func move(_ moment: Moment?) throws(InvalidText) -> Moment? {
            guard let moment else { return nil }
            return try move(moment) as Moment
        }
        var event = self
        event.starts = try move(starts)
        event.ends = try move(ends)
        event.registrationOpens = try move(registrationOpens)
        event.registrationCloses = try move(registrationCloses)
        event.doorsOpen = try move(doorsOpen)
        event.doorsClose = try move(doorsClose)
        event.changesClose = try move(changesClose)
        event.listsClose = try move(listsClose)
        event.needsPurged = try move(needsPurged)
        for index in event.sessions.indices {
            event.sessions[index].starts = try move(event.sessions[index].starts)
            event.sessions[index].ends = try move(event.sessions[index].ends)
        }
        return event
    }
}
