public import Registration
internal import Secrets
internal import Storage

public enum GroupOutcome: Sendable {
    /// In the order of the forms.
    case registered([RegisteredAttendee])
    /// Nobody was registered; what stands in the way of each form, by its place.
    case refused([Int: [RegistrationRefusal]])
    case unknownEvent
    /// The idempotency key was used for another request.
    case keyReused
    /// There are more forms than a group may have, or none.
    case wrongSize
}

extension FrontOfHouse {
    /// How many people one request may register.
    public static let groupLimit = 20

    /// Registers several people, each with a reference and a page of their own, all or none.
    ///
    /// - Parameters:
    ///   - absent: the places of forms that are left out, which are of the same request all the same.
    ///   - idempotencyKey: a repetition with the same key and forms is answered as the first time.
    public func registerGroup(
        _ forms: [RegistrationForm], without absent: Set<Int> = [], event slug: String, byStaff: Bool = false,
        idempotencyKey: String? = nil
    ) async throws -> GroupOutcome {
        guard (1...FrontOfHouse.groupLimit).contains(forms.count) else { return .wrongSize }
        let people = forms.indices.filter { !absent.contains($0) }.map { index in
            let checked = CheckedForm(forms[index])
            return GroupMember(
                place: index, checked: checked,
                secret: Code.Secret(randomBytes: random.bytes(Code.Secret.byteCount)),
                repeatable: idempotencyKey.map {
                    RepeatableRequest(
                        key: FrontOfHouse.key($0, ofFormAt: index, among: forms), form: checked.form)
                })
        }
        let now = now
        let writesLetters = settings.letters
        do {
            let found = try await store.write { transaction in
                try transaction.register(
                    people, event: slug, byStaff: byStaff, writesLetters: writesLetters, now: now)
            }
            return .registered(found.map(registered))
        } catch let stop as GroupStop {
            return stop.outcome
        }
    }

    /// Those whom the same forms under the same key have registered already, in the order of the forms; none if they
    /// were not sent before.
    public func registeredGroup(
        _ forms: [RegistrationForm], event slug: String, idempotencyKey: String
    ) async throws -> [RegisteredAttendee] {
        let requests = forms.enumerated().map { index, form in
            RepeatableRequest(
                key: FrontOfHouse.key(idempotencyKey, ofFormAt: index, among: forms),
                form: CheckedForm(form).form)
        }
        let found = try await store.read { snapshot -> [FoundAttendee] in
            guard let event = try snapshot.findEvent(slug) else { return [] }
            let sessions = try snapshot.sessionsByID(of: event.id)
            return try zip(requests, forms).compactMap { request, form in
                guard let answered = try snapshot.findAnswer(to: request.key, event: event.id),
                    answered.request == request.hash
                else { return nil }
                return try snapshot.registration(answered, at: event, among: sessions, swaps: form.swaps)
            }
        }
        return found.map(registered)
    }

    /// What one form of a group is known by; the same forms in another order, or more of them, are another request.
    private static func key(_ key: String, ofFormAt place: Int, among forms: [RegistrationForm]) -> String {
        "\(key) \(forms.count) \(place)"
    }
}

private struct GroupMember: Sendable {
    /// Of its form.
    let place: Int
    let checked: CheckedForm
    let secret: Code.Secret
    let repeatable: RepeatableRequest?
}

/// Thrown in the transaction, so that nothing of the group is kept.
private struct GroupStop: Error {
    let outcome: GroupOutcome
}

extension Transaction {
    fileprivate func register(
        _ people: [GroupMember], event slug: String, byStaff: Bool, writesLetters: Bool, now: Timestamp
    ) throws -> [FoundAttendee] {
        var found: [FoundAttendee] = []
        var refusals: [Int: [RegistrationRefusal]] = [:]
        for person in people {
            let written = try register(
                person.checked, event: slug, secret: person.secret, byStaff: byStaff,
                repeatable: person.repeatable, writesLetters: writesLetters, now: now)
            switch written {
            case .registered(let attendee): found.append(attendee)
            case .refused(let why): refusals[person.place] = why
            case .unknownEvent: throw GroupStop(outcome: .unknownEvent)
            case .keyReused: throw GroupStop(outcome: .keyReused)
            }
        }
        guard refusals.isEmpty else { throw GroupStop(outcome: .refused(refusals)) }
        return found
    }
}
