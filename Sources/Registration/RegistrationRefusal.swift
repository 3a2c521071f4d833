/// One reason why a form or a change is not accepted.
public enum RegistrationRefusal: Hashable, Sendable {
    case field(RegistrationForm.Problem)
    case answer(AnswerProblem)
    /// Access and dietary needs of the event were deleted at this time and are not taken any more.
    case needsPurged(Timestamp)
    case notYetOpen(Timestamp)
    case closed(Timestamp)
    case addressTaken
    case eventFull
    case sessionFull(Session)
    case unknownSession(String)
    case notBookable(Session)
    case clash(Clash)
    /// The time for changes is over.
    case changesClosed(Timestamp)
    /// The registration was cancelled: there is nothing to change in it.
    case cancelled
}
