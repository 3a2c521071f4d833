/// One registered person of one event.
public struct Attendee: Sendable {
    public enum Status: String, CaseIterable, Hashable, Sendable {
        case confirmed, waiting, cancelled
    }

    public var id: AttendeeID
    public var event: EventID
    public var reference: Reference
    public var secret: Code.Secret
    public var status: Status
    public var name: String
    public var email: String
    public var organisation: String
    public var role: String
    public var accessNeeds: String
    public var dietaryNeeds: String
    public var registered: Timestamp
    /// The number of the newest badge that came out of a printer; 0 before the first.
    public var printed: Int

    public init(
        id: AttendeeID, event: EventID, reference: Reference, secret: Code.Secret, status: Status,
        name: String, email: String, organisation: String, role: String, accessNeeds: String,
        dietaryNeeds: String, registered: Timestamp, printed: Int
    ) {
        self.id = id
        self.event = event
        self.reference = reference
        self.secret = secret
        self.status = status
        self.name = name
        self.email = email
        self.organisation = organisation
        self.role = role
        self.accessNeeds = accessNeeds
        self.dietaryNeeds = dietaryNeeds
        self.registered = registered
        self.printed = printed
    }

    public var code: Code { Code(reference: reference, secret: secret) }
}
