/// Whether a form becomes a registration: rules 1, 2 and 4, as a pure function of what the transaction read.
public struct RegistrationQuestion: Sendable {
    public var checked: CheckedForm
    public var event: Event
    public var eventPlaces: Places
    /// The sessions asked for, with their places; one that is missing does not exist.
    public var programme: Programme
    /// Whether a live registration of this event has the same e-mail address.
    public var isAddressTaken: Bool
    /// Whether staff register the person, who need not mind when registration is open nor whom free places are
    /// kept for.
    public var isByStaff: Bool
    public var now: Timestamp
    /// What the event asks everybody.
    public var questions: [Question]

    public init(
        _ checked: CheckedForm, event: Event, eventPlaces: Places, programme: Programme,
        isAddressTaken: Bool, isByStaff: Bool, now: Timestamp, questions: [Question] = []
    ) {
        self.checked = checked
        self.event = event
        self.eventPlaces = eventPlaces
        self.programme = programme
        self.isAddressTaken = isAddressTaken
        self.isByStaff = isByStaff
        self.now = now
        self.questions = questions
    }

    /// What to give the person, or everything that stands in the way.
    public var decision: RegistrationDecision {
        if !isByStaff {
            if now < event.registrationOpens { return .refuse([.notYetOpen(event.registrationOpens)]) }
            if now >= event.registrationCloses { return .refuse([.closed(event.registrationCloses)]) }
        }
        let form = checked.form
        let isFull = isByStaff ? eventPlaces.free == 0 : eventPlaces.isFull
        let waits = isFull && form.ifFull == .wait
        var refusals = checked.problems.map(RegistrationRefusal.field)
        refusals += questions.problems(of: form.answers).map(RegistrationRefusal.answer)
        if form.hasNeeds, !event.takesNeeds(at: now) { refusals.append(.needsPurged(event.needsPurged)) }
        if isFull, !waits { refusals.append(.eventFull) }
        var wished = WishedPlaces()
        // A longer list is refused for its length, and not read in search of more to say.
        if form.sessions.count <= RegistrationForm.Field.sessions.limit {
            wished = Wish(
                slugs: form.sessions, ifFull: form.ifFull, waitsFor: form.waitsFor, programme: programme,
                isWaiting: waits,
                isByStaff: isByStaff
            ).read(&refusals)
        }
        guard refusals.isEmpty else { return .refuse(refusals) }
        if isAddressTaken { return .refuse([.addressTaken]) }
        return .accept(waits ? .waiting : .confirmed, wished)
    }
}

public enum RegistrationDecision: Hashable, Sendable {
    /// With the status that the attendee gets.
    case accept(Attendee.Status, WishedPlaces)
    case refuse([RegistrationRefusal])
}
