import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ErasePageTests {
    private static let desk = "/desk/\(Sample.event.slug)"
    private static let organise = "/organise/\(Sample.event.slug)"

    private func ada(_ house: House) async throws -> RegisteredAttendee {
        try await house.register(
            RegistrationForm(
                name: "Ada Lovelace", email: "ada@example.org", organisation: "Engines", sessions: ["walk"]))
    }

    @Test func `an organiser comes from the person's page to a question in plain words, and erases`()
        async throws
    {
        let house = try await House()
        let ada = try await ada(house)
        let own = "\(Sample.path)/me/\(ada.attendee.reference)/\(ada.manageKey)"
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let page = try await visit.get("\(ErasePageTests.desk)/\(ada.attendee.reference)")
        let path = "\(ErasePageTests.desk)/\(ada.attendee.reference)/erase"
        #expect(page.text.contains("<a href=\"\(path)\">Erase this person…</a>"))
        let question = try await visit.get(path)
        for words in [
            "Ada Lovelace", "ada@example.org", "can't be undone", "What goes", "What stays",
            "What only you can delete", "Copies of the database", "Printed badges", "Letters already sent",
        ] {
            #expect(question.text.contains(words), "\(words)")
        }
        #expect(try await visit.get(own).status == .ok)
        let sent = try await visit.post(path, [("token", question.token)])
        #expect(sent.headers["Location"] == "\(ErasePageTests.organise)/erased")
        let done = try await visit.follow(sent)
        #expect(done.status == .ok && done.text.contains("The person was erased"))
        for gone in [own, own + "/details", "\(ErasePageTests.desk)/\(ada.attendee.reference)", path] {
            let page = try await visit.get(gone)
            #expect(page.status == .notFound && !page.text.contains("Lovelace"), "\(gone)")
        }
        #expect(try await visit.post(path, [("token", question.token)]).status == .notFound)
    }

    @Test func `neither search, scan, list nor download of the desk and the organisers knows the person`()
        async throws
    {
        let house = try await House()
        let ada = try await ada(house)
        house.clock.now = Sample.at(9)
        try await house.admit(ada)
        _ = try await house.front.erase(event: Sample.event.slug, reference: ada.attendee.reference)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        for text in ["Lovelace", "ada@example.org", ada.attendee.reference.description] {
            let found = try await visit.follow(try await visit.search(text))
            #expect(found.text.contains("Nobody found for"), "\(text)")
        }
        let scanned = try await visit.follow(try await visit.search(ada.attendee.code.description))
        #expect(scanned.text.contains("verdict-deny") && !scanned.text.contains("Lovelace"))
        for path in ["", "/attendees.csv", "/needs", "/consents", "/lists", "/feedback"] {
            let page = try await visit.get(ErasePageTests.organise + path)
            #expect(page.status == .ok && !page.text.contains("Lovelace"), "\(path)")
            #expect(path != "/attendees.csv" || page.text.split(separator: "\r\n").count == 1)
        }
        #expect(house.faults.all.isEmpty)
    }

    @Test func `reception is neither shown the way nor let through, and a strange form erases nobody`()
        async throws
    {
        let house = try await House()
        let ada = try await ada(house)
        let path = "\(ErasePageTests.desk)/\(ada.attendee.reference)/erase"
        let reception = Visit(house)
        try await reception.signIn(.reception)
        let page = try await reception.get("\(ErasePageTests.desk)/\(ada.attendee.reference)")
        #expect(!page.text.contains("Erase this person"))
        #expect(try await reception.get(path).status == .forbidden)
        #expect(try await reception.post(path, [("token", page.token)]).status == .forbidden)
        let organiser = Visit(house)
        try await organiser.signIn(.admin)
        #expect(try await organiser.get(path).status == .ok)
        #expect(try await organiser.post(path, [("token", "x")]).status == .forbidden)
        #expect(try await Visit(house).post(path, []).status == .seeOther)
        let found = try await house.front.attendee(
            event: Sample.event.slug, reference: ada.attendee.reference)
        #expect(found?.attendee.status == .confirmed)
    }

    @Test func `somebody who cancelled is erased without talk of places`() async throws {
        let house = try await House()
        let ada = try await ada(house)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let path = "\(ErasePageTests.desk)/\(ada.attendee.reference)/erase"
        #expect(try await visit.get(path).text.contains("the places go to whoever waits"))
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        #expect(try await !visit.get(path).text.contains("the places go to whoever waits"))
    }
}
