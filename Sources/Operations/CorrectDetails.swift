public import Registration
internal import Storage

/// What becomes of the details of an attendee.
enum DetailsDecision {
    case accept(Corrections)
    case refuse([RegistrationRefusal])
}

struct Corrections {
    /// All that was typed, with the corrections in it.
    var form: RegistrationForm
    /// The fields that get another text.
    var fields: [RegistrationForm.Field]
    /// A new address, if there is one.
    var address: EmailAddress?
}

// The part of a change that corrects what somebody typed.
extension AttendeeChangeWork {
    /// Nil where nothing is corrected.
    func detailsDecision(_ transaction: Transaction) throws -> DetailsDecision? {
        let now = RegistrationForm(attendee)
        var wanted = now
        if let name = change.name { wanted.name = name }
        if let email = change.email { wanted.email = email }
        if let organisation = change.organisation { wanted.organisation = organisation }
        if let role = change.role { wanted.role = role }
        if let needs = change.accessNeeds { wanted.accessNeeds = needs }
        if let needs = change.dietaryNeeds { wanted.dietaryNeeds = needs }
        wanted = wanted.trimmed
        let fields = RegistrationForm.Field.allCases.filter { wanted.text($0) != now.text($0) }
        guard !fields.isEmpty else { return nil }
        if attendee.status == .cancelled { return .refuse([.cancelled]) }
        let closes = timetable.event.changesClose
        if !byStaff, self.now >= closes { return .refuse([.changesClosed(closes)]) }
        let checked = CheckedForm(wanted)
        let problems = checked.problems.filter { fields.contains($0.field) }
        let givesNeeds =
            (fields.contains(.accessNeeds) && !wanted.accessNeeds.isEmpty)
            || (fields.contains(.dietaryNeeds) && !wanted.dietaryNeeds.isEmpty)
        if givesNeeds, !timetable.event.takesNeeds(at: self.now) {
            return .refuse([.needsPurged(timetable.event.needsPurged)])
        }
        guard problems.isEmpty else { return .refuse(problems.map(RegistrationRefusal.field)) }
        let address = fields.contains(.email) ? checked.address : nil
        if let address, !asksFirst, address.key != EmailAddress(attendee.email)?.key,
            try transaction.isAddressTaken(address, event: timetable.event.id)
        {
            return .refuse([.addressTaken])
        }
        return .accept(Corrections(form: checked.form, fields: fields, address: address))
    }

    /// Whether a new address counts only once somebody who reads its letters says so; until then nothing is said
    /// of whether it is registered.
    private var asksFirst: Bool { writesLetters && !byStaff }

    /// Writes the corrections; the address that is asked first, if there is one.
    func correct(_ corrections: Corrections, in transaction: Transaction) throws -> String? {
        var form = corrections.form
        var fields = corrections.fields
        var asked: String?
        if let address = corrections.address, asksFirst {
            form.email = attendee.email
            fields.removeAll { $0 == .email }
            try transaction.keepNewAddress(address, of: attendee.id, at: now)
            try transaction.write(
                .confirmAddress, to: attendee.id, of: timetable.event, address: address.text, at: now)
            asked = address.text
        }
        guard !fields.isEmpty, let address = EmailAddress(form.email) else { return asked }
        try transaction.correct(attendee.id, to: form, address: address)
        var detail = Detail()
        detail.add("reference", attendee.reference.description)
        detail.add("fields", words: fields.map(\.rawValue))
        try transaction.record(.corrected, detail.json, of: timetable.event.id, at: now)
        return asked
    }

    /// Writes to both addresses where staff gave the attendee another: to the one before, for whoever did not mean to
    /// lose it, and to the new one all that was told before, which nobody has read if the other was mistyped.
    func tellAddresses(_ corrections: Corrections, in transaction: Transaction) throws {
        guard let address = corrections.address, writesLetters, !asksFirst, now < timetable.event.ends,
            address.key != EmailAddress(attendee.email)?.key
        else { return }
        try transaction.write(
            .addressChanged, to: attendee.id, of: timetable.event, address: attendee.email, at: now)
        let isWaiting = try transaction.findAttendee(attendee.id)?.status == .waiting
        try transaction.write(
            isWaiting ? .waiting : .registered, to: attendee.id, of: timetable.event, at: now)
    }
}

extension RegistrationForm {
    /// What somebody typed, as it stands now, without sessions.
    public init(_ attendee: Attendee) {
        self.init(
            name: attendee.name, email: attendee.email, organisation: attendee.organisation,
            role: attendee.role, accessNeeds: attendee.accessNeeds, dietaryNeeds: attendee.dietaryNeeds)
    }

    fileprivate func text(_ field: Field) -> String {
        switch field {
        case .name: name
        case .email: email
        case .organisation: organisation
        case .role: role
        case .accessNeeds: accessNeeds
        case .dietaryNeeds: dietaryNeeds
        case .sessions: ""
        }
    }
}
