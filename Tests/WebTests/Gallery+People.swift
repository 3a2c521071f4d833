import HTTP
import Operations
import Registration

// What attendees see before the event.
extension Gallery {
    static let answered = [("question.travel", "Car"), ("question.rules", "yes")]

    mutating func collectOpenPages() async throws {
        try await importOther("full") { $0.capacity = 1 }
        try await importOther("short") { $0.capacity = 2 }
        try await importOther("closed") {
            $0.registrationCloses = $0.registrationOpens.adding(seconds: 3_600)
        }
        for slug in ["soon", "closed"] { try await look("event-\(slug)", anybody, "/e/\(slug)") }
        let form = RegistrationForm(name: "First", email: "first@example.org")
        _ = try await house.front.register(form, event: "full")
        try await look("event-full", anybody, "/e/full")
        try await look("register-full", anybody, "/e/full/register")
        try await look("group-full", anybody, "/e/full/register/group")
        guard
            case .registered(let waiting) = try await house.front.register(
                RegistrationForm(name: "Wait", email: "wait@example.org", ifFull: .wait), event: "full")
        else { throw Unexpected("nobody waits") }
        for news in ["", "?new", "?changed"] {
            try await look("own-waiting", anybody, Gallery.own(waiting, news))
        }
        try await look("cancel-waiting", anybody, Gallery.own(waiting, "/cancel"))

        try await send("register-problems", anybody, Sample.registerPath, [("name", " ")])
        try await send(
            "register-full-workshop", anybody, Sample.registerPath,
            Gallery.registration.filter { $0.0 != "session.active-medicine" } + Gallery.answered
                + [("session.active-medicine", "case-studies")])
        try await send(
            "register", anybody, Sample.registerPath, Gallery.registration + Gallery.answered)
        let short = "/e/short/register/group"
        try await send("group-short", anybody, short, [("people", "3"), ("do", "more")])
        try await send("group-short-problems", anybody, short, [("people", "3"), ("do", "register")])
        let group = Sample.registerPath + "/group"
        try await send("group-problems", anybody, group, [("people", "3"), ("do", "register")])
        try await send("group-more", anybody, group, [("people", "2"), ("do", "more")])
        try await send("link-problem", anybody, Sample.path + "/link", [("email", "x")])
        for code in ["", "0"] { try await look("verify", anybody, "/verify?code=\(code)") }
        try await send("login-empty", anybody, "/login", [])
        try await send("login-wrong", anybody, "/login", [("email", "a@example.org"), ("password", "x")])
        // Without letters everybody of a group is shown, and nobody's link is sent.
        let quiet = Visit(try await House())
        try await look("no-link", quiet, Sample.path + "/link")
        let form2 = try await quiet.get(group)
        let people = [
            ("name.1", "A"), ("email.1", "a@example.org"), ("name.2", "B"), ("email.2", "b@example.org"),
        ]
        let hidden = [
            ("token", form2.token), ("key", form2.value("key") ?? ""), ("people", "2"), ("do", "register"),
        ]
        hang("group-done", try await quiet.post(group, hidden + people), .post)
    }

    mutating func collectOwnPages() async throws {
        for person in [ada, bob, gone] {
            try await look("own", anybody, Gallery.own(person))
            try await look("own-workshops", anybody, Gallery.own(person, "/workshops"))
        }
        for news in ["?new", "?changed"] { try await look("own", anybody, Gallery.own(ada, news)) }
        try await look("own-wrong-key", anybody, Gallery.own(ada) + "X")
        try await look("badge-of-nobody", anybody, Gallery.own(gone, "/badge.pdf"))
        try await look("slides-of-nobody", anybody, Gallery.own(gone, "/materials/1"))
        try await send("workshops-problem", anybody, Gallery.own(ada, "/workshops"), [])
        try await send("details-problem", anybody, Gallery.own(ada, "/details"), [("name", "")])
        try await send("answers-problem", anybody, Gallery.own(ada, "/answers"), [])
        try await send(
            "consents", anybody, Gallery.own(ada, "/consents"), from: Gallery.own(ada), [])
        try await send(
            "details", anybody, Gallery.own(ada, "/details"),
            [("name", "Ada"), ("email", "king@example.org")])
        let url = try await letter(.confirmAddress)?.confirmURL ?? ""
        let confirm = String(url.dropFirst(house.front.settings.publicURL.count))
        try await look("confirm", anybody, confirm)
        hang("confirm-forged", try await anybody.post(confirm, [("token", "wrong")]), .post)
        try await send("confirmed", anybody, confirm, [])
        try await look("confirmed-before", anybody, confirm)
    }

    /// What is there once nothing can be changed any more, and once the event is over.
    mutating func collectPagesAfterwards() async throws {
        let event = Sample.event
        house.clock.now = event.changesClose
        for form in ["", "/workshops", "/details", "/answers", "/cancel"] {
            try await look("closed", anybody, Gallery.own(ada, form))
        }
        try await look("feedback-early", anybody, Gallery.own(ada, "/feedback"))
        house.clock.now = event.ends
        try await look("event-over", anybody, Sample.path)
        try await look("events-over", anybody, "/")
        for person in [ada, bob, gone] {
            try await look("own-after", anybody, Gallery.own(person))
            try await look("no-certificate", anybody, Gallery.own(person, "/certificate.pdf"))
        }
        let feedback = Gallery.own(ada, "/feedback")
        try await look("feedback", anybody, feedback)
        try await send("feedback-problem", anybody, feedback, [("differently.day", "Walk")])
        try await send(
            "feedback", anybody, feedback,
            [("rating.day", "4"), ("quote.day", "A good day."), ("publish.day", "yes")])
        let outcome = try await house.front.certificate(event: event.slug, reference: ada.attendee.reference)
        guard case .issued(let certificate) = outcome else { throw Unexpected("no certificate") }
        try await look("verify-genuine", anybody, "/verify/\(certificate.code)")
        let old = certificate.code.dropLast() + (certificate.code.hasSuffix("7") ? "8" : "7")
        try await look("verify-outdated", anybody, "/verify/\(old)")
        try await look("results-few", organiser, Gallery.organise + "/feedback")
        let guests = try await house.front.attendees(
            event: event.slug, AttendeeFilter(session: "case-studies", status: .confirmed), limit: 5)
        for guest in guests?.items ?? [] {
            let form = try await anybody.get(Gallery.own(guest, "/feedback"))
            _ = try await anybody.post(
                Gallery.own(guest, "/feedback"),
                [
                    ("token", form.token), ("rating.day", "5"), ("differently.day", "Cycle."),
                    ("rating.session.case-studies", "2"),
                ])
        }
        try await look("results", organiser, Gallery.organise + "/feedback")
        house.clock.now = event.ends.adding(seconds: 90 * 86_400)
        _ = try await house.front.purgeNeedsDue()
        try await organiser.signIn(.organiser)
        try await look("needs-purged", organiser, Gallery.organise + "/needs")
        try await look("consents-purged", organiser, Gallery.organise + "/consents")
        try await look("results-closed", organiser, Gallery.organise + "/feedback")
        try await look("feedback-closed", anybody, feedback)
        try await send("feedback-withdrawn", anybody, feedback + "/withdraw", from: feedback, [])
    }
}
