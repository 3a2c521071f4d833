/// A programme item of an event.
public struct Session: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case keynote, workshop, talk
        case pause = "break"
    }

    public var id: SessionID
    /// The name in addresses and at doors, unique in the event: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
    public var slug: String
    public var kind: Kind
    public var title: String
    public var speakers: [String]
    public var room: String
    public var starts: Timestamp
    public var ends: Timestamp
    /// How many bookings may be confirmed at once; nil where the session is open to everyone registered.
    public var capacity: Int?
    public var abstract: String
    /// Links to what is handed out, as the organiser wrote them.
    public var materials: [String]

    public init(
        id: SessionID, slug: String, kind: Kind, title: String, speakers: [String], room: String,
        starts: Timestamp, ends: Timestamp, capacity: Int?, abstract: String, materials: [String]
    ) {
        self.id = id
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

    /// Whether a place in it must be booked.
    public var isBookable: Bool { capacity != nil }

    /// Whether the two share any moment; one that starts as the other ends does not.
    public func overlaps(_ other: Session) -> Bool {
        starts < other.ends && other.starts < ends
    }
}
