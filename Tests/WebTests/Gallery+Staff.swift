import HTTP
import Operations
import Registration

// What staff see before the event and on its day.
extension Gallery {
    mutating func collectStaffPages() async throws {
        let organise = Gallery.organise
        try await look("live-before", organiser, organise)
        try await look("register-as-staff", reception, Sample.registerPath)
        try await look("register-as-staff-full", reception, "/e/full/register")
        try await send(
            "register-as-staff-problem", reception, Sample.registerPath, [("name", "")])
        let lists = organise + "/lists"
        for capacity in ["many", "1"] {
            try await send(
                "capacity-\(capacity)", organiser, lists + "/capacity", from: lists,
                [("session", "case-studies"), ("capacity", capacity)])
        }
        for (capacity, force) in [("1", "no"), ("2", "yes"), ("150", "no")] {
            try await send(
                "event-capacity-\(capacity)", organiser, lists + "/capacity", from: lists,
                [("capacity", capacity), ("force", force)])
        }
        for held in ["yes", "no"] {
            try await send("lists-\(held)", organiser, lists + "/hold", from: lists, [("held", held)])
        }
        try await collectMaterials()
        try await collectLetters()

        house.clock.now = Sample.at(9)
        try await organiser.signIn(.organiser)
        try await reception.signIn(.reception)
        for (name, text) in [
            ("admit", ada.attendee.code.description), ("again", ada.attendee.code.description),
            ("unknown", "00000000000000000000000000"), ("cancelled", gone.attendee.code.description),
            ("garbled", "]Q1K7QX2M4PK7QX2M4"), ("found", "Guest"), ("one", "Lovelace"), ("guess", "Lovelase"),
            ("nobody", "Zzyzx"), ("reference", bob.attendee.reference.description),
        ] {
            hang("desk-\(name)", try await reception.follow(try await reception.search(text)))
            house.clock.advance(seconds: 60)
        }
        let own = "\(Gallery.desk)/\(ada.attendee.reference)"
        try await send("desk-details-problem", reception, own + "/details", [("name", "")])
        try await send("desk-workshops-problem", reception, own + "/workshops", [])
        for person in [bob, gone] {
            let path = "\(Gallery.desk)/\(person.attendee.reference)"
            for form in ["", "/workshops", "/cancel", "/erase"] {
                try await look("desk", organiser, path + form)
            }
        }
        try await send("badge", reception, own + "/badge", from: own, [("printer", "front-desk")])
        let states: [(PrintState, String)] = [
            (.sent, ""), (.held, "The printer is out of paper."), (.failed, "The printer is gone."),
            (.printed, ""),
        ]
        for (state, reason) in states {
            guard var job = try await house.front.printJobs(of: ada.attendee.id).first else { break }
            (job.state, job.reason) = (state, reason)
            _ = try await house.front.notePrintWork(job)
            try await look("badge-\(state)", reception, own)
        }
        try await send(
            "newcomer", reception, Sample.registerPath,
            [
                ("name", "Late Comer"), ("email", "late@example.org"), ("session.active-medicine", "-"),
                ("session.active-practice", "-"),
            ] + Gallery.answered)
        house.clock.now = Sample.at(11, 15)
        try await house.admit(ada, at: "resources")
        try await look("live", organiser, organise)
        try await look("sign-ins", organiser, "/sign-ins")
        try await look("events-of-staff", organiser, "/organise")
        try await collectGiving()
    }

    /// The lists have closed by then: what is free stays so until it is given.
    private mutating func collectGiving() async throws {
        let (lists, own) = (Gallery.organise + "/lists", "\(Gallery.desk)/\(bob.attendee.reference)")
        let taken = AttendeeFilter(session: "case-studies", status: .confirmed)
        if let guest = try await house.front.attendees(event: Sample.event.slug, taken, limit: 1)?.items.first
        {
            _ = try await house.front.cancel(
                event: Sample.event.slug, reference: guest.attendee.reference, byStaff: true)
        }
        try await look("lists-free", organiser, lists)
        try await look("desk-free", organiser, own)
        try await send("desk-not-given", organiser, own + "/place", from: own, [])
        let fields = [("reference", "\(bob.attendee.reference)"), ("session", "case-studies")]
        try await send(
            "not-given", organiser, lists + "/give", from: lists, [fields[0], ("session", "walk")])
        try await send("given", organiser, lists + "/give", from: lists, fields)
        try await send(
            "desk-given", organiser, own + "/place", from: own, [("session", "case-studies")])
    }

    private mutating func collectLetters() async throws {
        let path = Gallery.organise + "/letters"
        for letter in try await house.front.lettersDue(limit: 3) {
            try await house.front.noteLetter(letter.id, .refused(reason: "550 No such mailbox"))
        }
        try await look("letters-refused", organiser, path)
        try await look("live-refused", organiser, Gallery.organise)
        try await send("letters-again", organiser, path + "/again", from: path, [("last", "1")])
    }

    private mutating func collectMaterials() async throws {
        let path = MaterialsPageTests.path
        try await send(
            "link-to-slides-problem", organiser, path + "/links", from: path,
            [("session", "walk"), ("name", ""), ("address", "x")])
        try await send(
            "link-to-slides", organiser, path + "/links", from: path,
            [("session", "walk"), ("name", "The way"), ("address", "https://example.org/way")])
        let token = try await organiser.get(path).token
        let fields: [UploadPiece] = [
            .field(name: "token", value: token), .field(name: "session", value: "walk"),
        ]
        hang("no-file", try await organiser.upload(path + "/files", fields), .post)
        let sent = try await organiser.upload(
            path + "/files", fields + [.file(name: "file", fileName: "way.pdf"), .bytes([0x25, 0x50])])
        hang("file", try await organiser.follow(sent))
        try await send("no-material", organiser, path + "/99/remove", from: path, [])
    }
}
