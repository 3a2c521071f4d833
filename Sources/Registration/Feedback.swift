/// What somebody thinks of a session they were in, or of the day, as they typed it.
public struct FeedbackAnswer: Hashable, Sendable {
    /// The session's slug; nil for the day as a whole.
    public var session: String?
    /// 1, poor, to 5, excellent; nil where none was chosen.
    public var rating: Int?
    /// What they will do differently.
    public var differently: String
    public var quote: String
    /// Whether the quote may be published with their role and without their name.
    public var mayBePublished: Bool

    public init(
        session: String? = nil, rating: Int? = nil, differently: String = "", quote: String = "",
        mayBePublished: Bool = false
    ) {
        self.session = session
        self.rating = rating
        self.differently = differently
        self.quote = quote
        self.mayBePublished = mayBePublished
    }

    public static let ratings = 1...5

    public enum Field: String, CaseIterable, Hashable, Sendable {
        case rating, differently, quote
    }

    /// What is wrong with one field.
    public enum Problem: Error, Hashable, Sendable {
        /// Something was written and no rating chosen.
        case ratingMissing
        case notARating
        case tooLong(Field)
        case controlCharacters(Field)
        /// There is no such session, or the person neither booked nor attended it.
        case notTheirSession

        /// The field that would mend it; nil for the answer as a whole.
        public var field: Field? {
            switch self {
            case .ratingMissing, .notARating: .rating
            case .tooLong(let field), .controlCharacters(let field): field
            case .notTheirSession: nil
            }
        }
    }

    /// Without the white space around what was written, and without a consent to publish nothing.
    public var trimmed: FeedbackAnswer {
        let quote = quote.trimmed
        return FeedbackAnswer(
            session: session, rating: rating, differently: differently.trimmed, quote: quote,
            mayBePublished: mayBePublished && !quote.isEmpty)
    }

    /// Whether nothing was answered.
    public var isEmpty: Bool { rating == nil && differently.isEmpty && quote.isEmpty }

    /// Every field that can't be accepted; empty if all can.
    public var problems: [Problem] {
        var problems: [Problem] = []
        if let rating {
            if !FeedbackAnswer.ratings.contains(rating) { problems.append(.notARating) }
        } else if !isEmpty {
            problems.append(.ratingMissing)
        }
        for (field, text) in [(Field.differently, differently), (.quote, quote)] {
            if text.isLonger(than: Feedback.textLimit) {
                problems.append(.tooLong(field))
            } else if text.hasUnprintables(isProse: true) {
                problems.append(.controlCharacters(field))
            }
        }
        return problems
    }
}

/// The rules of feedback.
public enum Feedback {
    /// How many characters a text may have.
    public static let textLimit = RegistrationForm.Field.accessNeeds.limit
    /// How long after the event's end feedback may be given and changed.
    public static let openSeconds: Int64 = 60 * 24 * 60 * 60
    /// With fewer answers than this neither ratings nor texts are shown: who was in the room could tell whose
    /// they are.
    public static let fewestShown = 5
    /// How many texts of one subject are shown.
    public static let shownLimit = 500
    /// What people agree to when they let a quote be published; kept with each that they agreed to.
    public static let consentWording = "You may publish this quote with my role, without my name."
}

/// Whether feedback on an event is taken.
public enum FeedbackState: Hashable, Sendable {
    case notYet(opens: Timestamp)
    case open(until: Timestamp)
    case closed(at: Timestamp)

    public init(_ event: Event, now: Timestamp) {
        let closes = event.ends.adding(seconds: Feedback.openSeconds)
        if now < event.ends {
            self = .notYet(opens: event.ends)
        } else {
            self = now < closes ? .open(until: closes) : .closed(at: closes)
        }
    }
}

/// How many gave each rating.
public struct RatingCounts: Hashable, Sendable {
    /// From the worst rating to the best.
    public private(set) var counts = [Int](repeating: 0, count: FeedbackAnswer.ratings.count)

    public init() {}

    public mutating func add(_ count: Int, of rating: Int) {
        precondition(FeedbackAnswer.ratings.contains(rating), "not a rating: \(rating)")
        counts[rating - FeedbackAnswer.ratings.lowerBound] += count
    }

    public var total: Int { counts.reduce(0, +) }

    /// Nil without any.
    public var average: Double? {
        let sum = zip(FeedbackAnswer.ratings, counts).map { $0 * $1 }.reduce(0, +)
        return total == 0 ? nil : Double(sum) / Double(total)
    }
}

/// A quote whose person let it be published.
public struct PublishableQuote: Hashable, Sendable {
    public var text: String
    /// The person's, as it is now; may be empty.
    public var role: String

    public init(text: String, role: String) {
        self.text = text
        self.role = role
    }
}
