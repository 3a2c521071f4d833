import Registration

@testable import Storage

/// One event with sessions, two attendees, a booking, an admission, a badge and their activity.
enum Sample {
    static func hour(_ hour: Int64) -> Timestamp { Timestamp(rawValue: hour * 3_600_000) }

    static let eventID = EventID(rawValue: 1)
    static let entrance = PointID(rawValue: 1)
    static let ada = AttendeeID(rawValue: 1)

    static let event = Event(
        id: EventID(rawValue: 0), slug: "day", title: "The Day", venue: "Hall", timeZone: "Europe/London",
        starts: hour(9), ends: hour(17), capacity: 2, contact: "desk@example.org", summary: "",
        registrationOpens: hour(1), registrationCloses: hour(9), doorsOpen: hour(8), doorsClose: hour(17))

    /// 1 and 2 overlap, 3 touches 2; 4 is open to everyone.
    static let sessions = [
        session("first", 10, 11, 1), session("second", 10, 12, 1), session("third", 12, 13, 1),
        session("keynote", 9, 10, nil),
    ]

    static func session(_ slug: String, _ starts: Int64, _ ends: Int64, _ capacity: Int?) -> Session {
        Session(
            id: SessionID(rawValue: 0), slug: slug, kind: .workshop, title: slug, speakers: ["Ada \"L\""],
            room: "", starts: hour(starts), ends: hour(ends), capacity: capacity, abstract: "", materials: [])
    }

    static func fill(_ transaction: Transaction) throws {
        let event = try transaction.save(event)
        for session in sessions { try transaction.save(session, of: event) }
        for name in ["Ada", "Bob"] { try add(name, to: transaction) }
        try transaction.confirm(SessionID(rawValue: 1), for: ada)
        _ = try transaction.keep(scan(of: .attendee(ada, print: nil), verdict: .admit))
        if let attendee = try transaction.findAttendee(ada) {
            var job = try transaction.addPrintJob(attendee, printer: "desk", at: hour(9))
            job.state = .printed
            try transaction.save(job)
            try transaction.notePrinted(1, of: ada)
        }
    }

    @discardableResult
    static func add(_ name: String, to transaction: Transaction) throws -> Attendee {
        let form = RegistrationForm(name: name, email: "\(name)@example.org")
        guard let address = EmailAddress(form.email) else { throw Deliberate() }
        let attendee = try transaction.addAttendee(
            form, address: address, secret: Code.Secret(high: 1, low: 2), status: .confirmed,
            event: eventID, at: hour(2))
        try transaction.record(.registered, "{}", of: eventID, at: hour(2), confirmed: 1)
        return attendee
    }

    static func scan(
        of subject: Scan.Subject, at now: Timestamp = hour(9), door: String = "north",
        verdict: Verdict = .deny(.unknownCode)
    ) -> Scan {
        Scan(
            id: 0, event: eventID, point: entrance, door: door, givenID: nil, subject: subject, scanned: now,
            received: now, verdict: verdict)
    }
}
