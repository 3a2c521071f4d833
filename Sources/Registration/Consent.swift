/// What people may agree to beyond taking part. Each is asked for itself, and none is agreed to by silence.
public enum Consent: String, CaseIterable, Hashable, Sendable {
    case newsletter
    case fundingNewsletter = "funding-newsletter"
    case photography, quotes

    /// How many statements are kept of one person before nothing more can be agreed to; all can be withdrawn still.
    public static let statementLimit = 200

    /// What is agreed to, in the words that people are shown and that are kept with their consent.
    public var wording: String {
        switch self {
        case .newsletter: "Send me the organisers’ newsletter by e-mail."
        case .fundingNewsletter: "Send me the organisers’ quarterly newsletter about funding by e-mail."
        case .photography:
            "You may photograph and film me at the event, and publish the pictures to report on it."
        case .quotes: "You may quote what I say at the event, with my role but without my name."
        }
    }
}

/// One giving or withdrawing of a consent. What was said stays said: a later one only follows it.
public struct ConsentStatement: Hashable, Sendable {
    public var consent: Consent
    /// False where it was withdrawn.
    public var isGiven: Bool
    /// The words that it was given or withdrawn under.
    public var wording: String
    public var at: Timestamp

    public init(_ consent: Consent, isGiven: Bool, wording: String, at: Timestamp) {
        self.consent = consent
        self.isGiven = isGiven
        self.wording = wording
        self.at = at
    }
}

extension [ConsentStatement] {
    /// The last that was said of a consent, in the order in which they were said; nil where it was never asked.
    public func last(of consent: Consent) -> ConsentStatement? {
        last { $0.consent == consent }
    }

    /// The consents that stand: given, and not withdrawn since.
    public var standing: [ConsentStatement] {
        Consent.allCases.compactMap { last(of: $0) }.filter(\.isGiven)
    }
}
