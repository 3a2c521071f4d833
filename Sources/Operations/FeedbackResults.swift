public import Registration
internal import Storage

/// What people said of an event, without who they are.
public struct FeedbackResults: Sendable {
    public var event: Event
    public var state: FeedbackState
    /// How many people could answer.
    public var confirmed: Int
    /// The day, then the sessions that could be rated or were, in the order of the programme.
    public var subjects: [FeedbackResult]
}

/// What people said of the day, or of one session.
public struct FeedbackResult: Sendable {
    /// Nil for the day as a whole.
    public var session: Session?
    public var answers: Int
    /// Nil where too few answered to show what they chose.
    public var ratings: RatingCounts?
    /// In no order of time or person; none where too few answered.
    public var differences: [String]
    /// How many there are where not all are shown.
    public var differenceCount: Int
    /// Those that their people let be published, however few answered.
    public var quotes: [PublishableQuote]
    public var quoteCount: Int
}

extension FrontOfHouse {
    /// What people said; nil if there is no such event.
    public func feedbackResults(event slug: String) async throws -> FeedbackResults? {
        let now = now
        return try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let ratings = try snapshot.ratings(of: event.id)
            let sessions = try snapshot.sessions(of: event.id).inOrder.filter {
                ratings[$0.id] != nil || ($0.isBookable && $0.kind != .pause)
            }
            return FeedbackResults(
                event: event, state: FeedbackState(event, now: now),
                confirmed: try snapshot.places(of: event.id).confirmed,
                subjects: try ([nil] + sessions).map {
                    try snapshot.result(on: $0, of: event.id, ratings[$0?.id] ?? RatingCounts())
                })
        }
    }
}

extension Reading {
    fileprivate func result(
        on session: Session?, of event: EventID, _ ratings: RatingCounts
    ) throws -> FeedbackResult {
        let areEnough = ratings.total >= Feedback.fewestShown
        let limit = Feedback.shownLimit
        let differences =
            areEnough ? try differences(on: session?.id, of: event, limit: limit) : (texts: [], count: 0)
        let quotes = try quotes(on: session?.id, of: event, limit: limit)
        return FeedbackResult(
            session: session, answers: ratings.total, ratings: areEnough ? ratings : nil,
            differences: differences.texts, differenceCount: differences.count, quotes: quotes.quotes,
            quoteCount: quotes.count)
    }
}
