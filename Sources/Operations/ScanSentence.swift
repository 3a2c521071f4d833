internal import Registration
internal import Storage

extension Transaction {
    /// What reception is told with a verdict, after the person's name where there is one.
    func sentence(
        for verdict: Verdict, on scan: Scan.Subject, _ person: Attendee?, at point: CheckInPoint,
        _ timetable: Timetable
    ) throws -> String {
        let event = timetable.event
        let name = person?.name ?? "This person"
        switch verdict {
        case .admit: return ""
        case .again(let admission):
            return "first \(LocalTime(event).clock(admission.at)) at \(admission.point)"
        case .deny(.unknownCode):
            return try isReference(scan, of: event.id)
                ? "This is a reference, not a code; look it up at the desk" : "Not one of this event's codes"
        case .deny(.cancelled): return "\(name)'s registration was cancelled"
        case .deny(.replaced): return "A newer badge was printed for \(name)"
        case .deny(.otherEvent): return "This code is for another event"
        case .deny(.notOpen): return "Doors open at \(LocalTime(event).dayAndClock(event.doorsOpen))"
        case .deny(.closed): return "Doors closed at \(LocalTime(event).dayAndClock(event.doorsClose))"
        case .deny(.sessionFull): return "\(title(of: point, timetable)) is full"
        case .deny(.waiting):
            return person?.status == .waiting
                ? "\(name) is on the event's waiting list"
                : "\(name) is on the waiting list of \(title(of: point, timetable))"
        case .deny(.notBooked): return try notBooked(person, name, at: point, timetable)
        }
    }

    /// Whether what was read is the reference of one of the event's attendees, as somebody types it who has no
    /// code at hand. It admits nobody.
    private func isReference(_ scan: Scan.Subject, of event: EventID) throws -> Bool {
        guard case .stray(let text) = scan,
            let reference = Reference(Substring(Substring(text).utf8.withoutSymbology))
        else { return false }
        return try findAttendee(reference)?.event == event
    }

    /// Says where the person should be instead: in what they booked at the same time.
    private func notBooked(
        _ person: Attendee?, _ name: String, at point: CheckInPoint, _ timetable: Timetable
    ) throws -> String {
        let here = timetable.sessions[point.slug]
        let own = try person.map { try bookedSessions(of: $0.id, among: timetable.sessionsByID) } ?? []
        let elsewhere = own.first { booked in
            booked.status == .confirmed && here.map(booked.session.overlaps) == true
        }?.session
        guard let elsewhere else { return "\(name) has not booked \(title(of: point, timetable))" }
        let room = elsewhere.room.isEmpty ? "" : "\(elsewhere.room): "
        return "\(name) is booked in \(room)\(elsewhere.title)"
    }

    private func title(of point: CheckInPoint, _ timetable: Timetable) -> String {
        timetable.sessions[point.slug]?.title ?? timetable.event.title
    }
}
