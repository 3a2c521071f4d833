/// One entry of an event's append-only record.
public struct ActivityRecord: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case imported, registered, changed, promoted, corrected, cancelled, erased
        case capacityChanged = "capacity-changed"
        case listsHeld = "lists-held"
        case listsReleased = "lists-released"
        case checkedIn = "checked-in"
        case badgeRequested = "badge-requested"
        case badgeChanged = "badge-changed"
        case materialAdded = "material-added"
        case materialRemoved = "material-removed"
        case consentsChanged = "consents-changed"
        case needsPurged = "needs-purged"
    }

    public var event: EventID
    /// 1, 2, 3… in the event, without gaps, in the order of the commits.
    public var number: Int64
    public var at: Timestamp
    public var kind: Kind
    /// A JSON object that names people by their reference only.
    public var detail: String

    public init(event: EventID, number: Int64, at: Timestamp, kind: Kind, detail: String) {
        self.event = event
        self.number = number
        self.at = at
        self.kind = kind
        self.detail = detail
    }
}
