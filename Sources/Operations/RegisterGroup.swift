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
    /// - Parameter idempotencyKey: a repetition with the same key and forms is answered as the first time.
    public func registerGroup(
        _ forms: [RegistrationForm], event slug: String, byStaff: Bool = false, idempotencyKey: String? = nil
    ) async throws -> GroupOutcome {
        guard (1...FrontOfHouse.groupLimit).contains(forms.count) else { return .wrongSize }
        let people = forms.enumerated().map { index, form in
            let checked = CheckedForm(form)
            return GroupMember(
                checked: checked,
                secret: Code.Secret(randomBytes: random.bytes(Code.Secret.byteCount)),
                repeatable: idempotencyKey.map {
                    RepeatableRequest(key: "\($0) \(forms.count) \(index)", form: checked.form)
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
}

private struct GroupMember: Sendable {
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
        for (index, person) in people.enumerated() {
            let written = try register(
                person.checked, event: slug, secret: person.secret, byStaff: byStaff,
                repeatable: person.repeatable, writesLetters: writesLetters, now: now)
            switch written {
            case .registered(let attendee): found.append(attendee)
            case .refused(let why): refusals[index] = why
            case .unknownEvent: throw GroupStop(outcome: .unknownEvent)
            case .keyReused: throw GroupStop(outcome: .keyReused)
            }
        }
        guard refusals.isEmpty else { throw GroupStop(outcome: .refused(refusals)) }
        return found
    }
}
