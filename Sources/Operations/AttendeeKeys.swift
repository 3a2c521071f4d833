internal import Registration
internal import Secrets

/// What an attendee is given a key for: each purpose has keys of its own.
enum AttendeeKey {
    /// Their own page.
    case manage
    case certificate
    /// That a certificate says this.
    case certificateSaying(String)
    /// What their calendar knows the event by.
    case calendar
    /// That they read the letters of this new address.
    case address(String)

    fileprivate var word: String {
        switch self {
        case .manage: "manage"
        case .certificate: "certificate"
        case .certificateSaying(let words): "certificate saying \(words)"
        case .calendar: "calendar"
        case .address(let address): "address \(address)"
        }
    }
}

// The code is hashed in: a database that was restored gives the numbers of later attendees to others, and what
// was sent to those must not open anything of these.
extension KeyedLink {
    func text(_ key: AttendeeKey, of attendee: Attendee) -> String {
        text(purpose: purpose(key, attendee), number: UInt64(attendee.id.rawValue))
    }

    func matches(_ text: some StringProtocol, _ key: AttendeeKey, of attendee: Attendee) -> Bool {
        matches(text, purpose: purpose(key, attendee), number: UInt64(attendee.id.rawValue))
    }

    func typedText(_ key: AttendeeKey, of attendee: Attendee) -> String {
        typedText(purpose: purpose(key, attendee), number: UInt64(attendee.id.rawValue))
    }

    func matchesTyped(_ text: some StringProtocol, _ key: AttendeeKey, of attendee: Attendee) -> Bool {
        matchesTyped(text, purpose: purpose(key, attendee), number: UInt64(attendee.id.rawValue))
    }

    private func purpose(_ key: AttendeeKey, _ attendee: Attendee) -> String {
        "\(attendee.code) \(key.word)"
    }
}
