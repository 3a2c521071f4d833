public import Registration
internal import Secrets
internal import Storage

public enum ConfirmAddressOutcome: Sendable {
    case confirmed(RegisteredAttendee)
    /// The address was not asked for, or another one was since; or the key is not that of its letter.
    case unknown
    /// Somebody else is registered with it by now.
    case taken
    case refused(RegistrationRefusal)
}

extension FrontOfHouse {
    /// The new address that waits to be confirmed; nil if none does.
    public func unconfirmedAddress(of attendee: AttendeeID) async throws -> String? {
        try await store.read { try $0.newAddress(of: attendee) }
    }

    /// The new address that waits to be confirmed with this key; nil if none does.
    public func askedAddress(of attendee: Attendee, key: String) async throws -> String? {
        let asked = try await unconfirmedAddress(of: attendee.id)
        return asked.flatMap { links.matches(key, .address($0), of: attendee) ? $0 : nil }
    }

    /// Makes a new address the attendee's own, for whoever got the letter that was sent there. The one before is
    /// written to as well, for whoever did not mean to lose it.
    ///
    /// - Parameter key: what that letter held.
    public func confirmAddress(
        event slug: String, reference: Reference, key: String
    ) async throws -> ConfirmAddressOutcome {
        guard let person = try await attendee(event: slug, reference: reference),
            let asked = try await askedAddress(of: person.attendee, key: key),
            let address = EmailAddress(asked)
        else { return .unknown }
        let now = now
        let writesLetters = settings.letters
        let outcome = try await store.write { transaction -> WrittenAddress in
            guard let attendee = try transaction.findAttendee(person.attendee.id),
                try transaction.newAddress(of: attendee.id) == asked
            else { return .unknown }
            guard attendee.status != .cancelled else { return .cancelled }
            let isAnother = address.key != EmailAddress(attendee.email)?.key
            if isAnother, try transaction.isAddressTaken(address, event: attendee.event) { return .taken }
            try transaction.correct(attendee.id, to: RegistrationForm(attendee), address: address)
            try transaction.forgetNewAddress(of: attendee.id)
            var detail = Detail()
            detail.add("reference", reference.description)
            detail.add("fields", words: [RegistrationForm.Field.email.rawValue])
            try transaction.record(.corrected, detail.json, of: attendee.event, at: now)
            if isAnother, writesLetters, let event = try transaction.findEvent(attendee.event) {
                try transaction.write(
                    .addressChanged, to: attendee.id, of: event, address: attendee.email, at: now)
            }
            return .confirmed
        }
        switch outcome {
        case .unknown: return .unknown
        case .taken: return .taken
        case .cancelled: return .refused(.cancelled)
        case .confirmed:
            guard let changed = try await attendee(event: slug, reference: reference) else { return .unknown }
            return .confirmed(changed)
        }
    }
}

private enum WrittenAddress: Sendable {
    case confirmed, unknown, taken, cancelled
}
