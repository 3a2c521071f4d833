/// A place that counts people: the event's entrance, or a session's room. A person enters it once.
public struct CheckInPoint: Hashable, Sendable {
    /// The slug of the point that counts arrivals at the event itself.
    public static let entrance = "entrance"

    public var id: PointID
    public var event: EventID
    /// `entrance`, or the session's slug.
    public var slug: String
    /// Nil for the entrance.
    public var session: SessionID?

    public init(id: PointID, event: EventID, slug: String, session: SessionID?) {
        self.id = id
        self.event = event
        self.slug = slug
        self.session = session
    }
}
