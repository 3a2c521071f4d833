public import Registration
internal import Storage

/// How many of an event's people agree to each thing they were asked.
public struct ConsentNumbers: Sendable {
    public var event: Event
    /// Those whose registration was not cancelled.
    public var people: Int
    private let counts: [Consent: Int]

    init(event: Event, people: Int, counts: [Consent: Int]) {
        self.event = event
        self.people = people
        self.counts = counts
    }

    /// How many agree to it.
    public subscript(consent: Consent) -> Int { counts[consent] ?? 0 }
}

public enum ConsentOutcome: Sendable {
    /// All that was ever said, oldest first.
    case changed([ConsentStatement])
    /// The person has changed their mind so often that nothing more can be agreed to.
    case tooMany
    case unknownAttendee
}

extension FrontOfHouse {
    /// All that somebody ever said of consents, oldest first.
    public func consents(of attendee: AttendeeID) async throws -> [ConsentStatement] {
        try await store.read { try $0.consents(of: attendee) }
    }

    /// Makes these consents the ones that somebody gives: those that are new are given, those that are missing
    /// withdrawn, and nothing is noted of the others. It is never too late for that, nor needed to be registered
    /// still.
    public func changeConsents(
        event slug: String, reference: Reference, to wanted: Set<Consent>
    ) async throws -> ConsentOutcome {
        let now = now
        return try await store.write { transaction in
            guard let event = try transaction.findEvent(slug),
                let attendee = try transaction.findAttendee(reference), attendee.event == event.id
            else { return .unknownAttendee }
            let before = try transaction.consents(of: attendee.id)
            let statements = Consent.allCases.compactMap { consent -> ConsentStatement? in
                let standing = before.standing.last(of: consent)
                switch (wanted.contains(consent), standing) {
                case (true, nil):
                    return ConsentStatement(consent, isGiven: true, wording: consent.wording, at: now)
                case (false, let standing?):
                    return ConsentStatement(consent, isGiven: false, wording: standing.wording, at: now)
                case (true, _?), (false, nil): return nil
                }
            }
            guard !statements.isEmpty else { return .changed(before) }
            // Each is kept for good.
            if before.count >= Consent.statementLimit, statements.contains(where: \.isGiven) {
                return .tooMany
            }
            try transaction.append(statements, of: attendee.id)
            var detail = Detail()
            detail.add("reference", attendee.reference.description)
            detail.add("given", words: statements.filter(\.isGiven).map(\.consent.rawValue))
            detail.add("withdrawn", words: statements.filter { !$0.isGiven }.map(\.consent.rawValue))
            try transaction.record(.consentsChanged, detail.json, of: event.id, at: now)
            return .changed(before + statements)
        }
    }

    /// How many agree to what; nil if there is no such event.
    public func consentNumbers(event slug: String) async throws -> ConsentNumbers? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let places = try snapshot.places(of: event.id)
            return ConsentNumbers(
                event: event, people: places.confirmed + places.waiting,
                counts: try snapshot.consentCounts(of: event.id))
        }
    }
}

extension Transaction {
    /// Keeps what came with a registration beside the attendee's own row.
    func keepExtras(of form: RegistrationForm, _ attendee: Attendee, at now: Timestamp) throws {
        let statements = form.consents.inOrder.map {
            ConsentStatement($0, isGiven: true, wording: $0.wording, at: now)
        }
        try append(statements, of: attendee.id)
        try keep(form.answers, of: attendee.id, event: attendee.event)
    }
}

extension Set<Consent> {
    /// As they are asked.
    var inOrder: [Consent] { Consent.allCases.filter(contains) }
}
