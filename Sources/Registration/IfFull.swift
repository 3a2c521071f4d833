/// What becomes of a wish where the event or a session is full; the raw values are the API's.
public enum IfFull: String, CaseIterable, Hashable, Sendable {
    /// Nothing of the whole request is done.
    case refuse
    /// A place on the waiting list is taken instead.
    case wait
}
