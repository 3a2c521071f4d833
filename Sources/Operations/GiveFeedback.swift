public import Registration
internal import Storage

/// What somebody may say of an event, and has said.
public struct OwnFeedback: Sendable {
    public struct Subject: Sendable {
        /// Nil for the day as a whole.
        public var session: Session?
        public var answer: FeedbackAnswer?
    }

    public var state: FeedbackState
    /// The day, then the sessions that the person booked or was admitted to, in the order of the programme.
    public var subjects: [Subject]

    public var isAnswered: Bool { subjects.contains { $0.answer != nil } }
    public var hasPublishableQuotes: Bool { subjects.contains { $0.answer?.mayBePublished == true } }
}

public enum FeedbackOutcome: Sendable {
    /// So many subjects were answered, or answered anew.
    case kept(Int)
    /// Nothing was kept.
    case refused([FeedbackRefusal])
    case notOpen(FeedbackState)
    /// There is no such attendee, or their registration is not confirmed.
    case unknownAttendee
}

/// What is wrong with the answer on one subject.
public struct FeedbackRefusal: Error, Hashable, Sendable {
    /// The session's slug; nil for the day as a whole.
    public var session: String?
    public var problem: FeedbackAnswer.Problem
}

extension FrontOfHouse {
    /// What an attendee may say and has said; nil where there is no such attendee, or none that is confirmed.
    public func ownFeedback(event slug: String, reference: Reference) async throws -> OwnFeedback? {
        let now = now
        return try await store.read { snapshot in
            guard let (event, attendee) = try snapshot.findConfirmed(reference, event: slug) else {
                return nil
            }
            let answers = try snapshot.feedback(of: attendee.id)
            let sessions = try snapshot.sessionsToRate(of: attendee, at: event)
            return OwnFeedback(
                state: FeedbackState(event, now: now),
                subjects: ([nil] + sessions).map { session in
                    OwnFeedback.Subject(session: session, answer: answers[session?.id] ?? nil)
                })
        }
    }

    /// Keeps what an attendee says, in the place of what they said before on the same subjects: all of it or
    /// nothing. What was left empty is left as it was.
    ///
    /// It is not told in the activity record: who follows that could tell whose answer it was.
    public func giveFeedback(
        event slug: String, reference: Reference, _ answers: [FeedbackAnswer]
    ) async throws -> FeedbackOutcome {
        let now = now
        let given = answers.map(\.trimmed).filter { !$0.isEmpty }
        return try await store.write { transaction in
            guard let (event, attendee) = try transaction.findConfirmed(reference, event: slug) else {
                return .unknownAttendee
            }
            let state = FeedbackState(event, now: now)
            guard case .open = state else { return .notOpen(state) }
            let sessions = Dictionary(
                uniqueKeysWithValues: try transaction.sessionsToRate(of: attendee, at: event)
                    .map { ($0.slug, $0.id) })
            let refusals = given.flatMap { answer -> [FeedbackRefusal] in
                let isTheirs = answer.session.map { sessions[$0] != nil } ?? true
                let problems = isTheirs ? answer.problems : [.notTheirSession]
                return problems.map { FeedbackRefusal(session: answer.session, problem: $0) }
            }
            guard refusals.isEmpty else { return .refused(refusals) }
            for answer in given {
                guard let rating = answer.rating else { continue }
                try transaction.keep(
                    answer, rating: rating,
                    consent: answer.mayBePublished ? Feedback.consentWording : "",
                    on: answer.session.flatMap { sessions[$0] }, of: attendee.id, event: event.id, at: now)
            }
            return .kept(given.count)
        }
    }

    /// Takes back an attendee's leave to publish what they said, also when feedback is closed; answers how many
    /// quotes that concerns.
    public func withdrawQuotes(event slug: String, reference: Reference) async throws -> Int {
        try await store.write { transaction in
            guard let (_, attendee) = try transaction.findConfirmed(reference, event: slug) else { return 0 }
            return try transaction.withdrawQuotes(of: attendee.id)
        }
    }
}

extension Reading {
    fileprivate func findConfirmed(_ reference: Reference, event slug: String) throws -> (Event, Attendee)? {
        guard let event = try findEvent(slug), let attendee = try findAttendee(reference),
            attendee.event == event.id, attendee.status == .confirmed
        else { return nil }
        return (event, attendee)
    }

    /// Those that the attendee booked or was admitted to, and those that are open to everybody; breaks left out.
    fileprivate func sessionsToRate(of attendee: Attendee, at event: Event) throws -> [Session] {
        let booked = try bookings(of: attendee.id).filter { $0.status == .confirmed }.map(\.session)
        let attended = try admissions(of: attendee.id).compactMap(\.session)
        let theirs = Set(booked + attended)
        return try sessions(of: event.id).filter { session in
            session.kind != .pause && (theirs.contains(session.id) || !session.isBookable)
        }.inOrder
    }
}

extension FeedbackAnswer.Problem {
    /// What to do about it, in plain words.
    public var sentence: String {
        switch self {
        case .ratingMissing: "Choose a rating, so that what you wrote can be kept."
        case .notARating:
            "Choose a rating from \(FeedbackAnswer.ratings.lowerBound) to \(FeedbackAnswer.ratings.upperBound)."
        case .tooLong(let field):
            "\(field == .quote ? "Your quote" : "What you will do differently") must have "
                + "\(Feedback.textLimit) characters or fewer."
        case .controlCharacters(let field):
            "\(field == .quote ? "Your quote" : "What you will do differently") has characters that can't be "
                + "printed. Type it again."
        case .notTheirSession: "Only sessions that you booked or attended can be rated."
        }
    }
}
