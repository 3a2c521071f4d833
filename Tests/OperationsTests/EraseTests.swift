import FoundationEssentials
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct EraseTests {
    /// What must not be found anywhere once its person is erased.
    private static let marks = [
        "Zenobia", "zenobia@example.org", "zenobia.new@example.org", "Palmyra", "Queenofall", "StairsNeeded",
        "NoHoney", "HopeForShade", "MoreCamels", "BestDayEver", "KeyOfZenobia", "PrintOfZenobia",
        "InkForHer",
    ]
    private static let questions = [
        Question(slug: "hope", label: "What do you hope for?", kind: .text)
    ]

    /// Somebody of whom every table has something.
    private func zenobia(_ house: House) async throws -> RegisteredAttendee {
        let form = RegistrationForm(
            name: "Zenobia", email: "zenobia@example.org", organisation: "Palmyra", role: "Queenofall",
            accessNeeds: "StairsNeeded", dietaryNeeds: "NoHoney", sessions: ["first", "third"],
            consents: [.newsletter, .quotes], answers: ["hope": .text("HopeForShade")])
        guard
            case .registered(let person) = try await house.front.register(
                form, event: "day", idempotencyKey: "KeyOfZenobia"),
            case .changed = try await house.front.change(
                event: "day", reference: person.attendee.reference,
                AttendeeChange(email: "zenobia.new@example.org"), byStaff: false)
        else { throw CocoaError(.featureUnsupported) }
        return person
    }

    @discardableResult
    private func erase(_ house: House, _ person: RegisteredAttendee) async throws -> Bool {
        let outcome = try await house.front.erase(event: "day", reference: person.attendee.reference)
        guard case .erased = outcome else { return false }
        return true
    }

    /// Comes, prints a badge and says what they think.
    private func attend(_ house: House, _ person: RegisteredAttendee) async throws {
        house.clock.now = Day.hour(9)
        #expect(try await house.scan(person.attendee.code).verdict == .admit)
        let outcome = try await house.front.printBadge(
            event: "day", reference: person.attendee.reference, idempotencyKey: "PrintOfZenobia")
        guard case .requested(var job) = outcome else { throw CocoaError(.featureUnsupported) }
        (job.state, job.reason) = (.printed, "InkForHer")
        _ = try await house.front.notePrintWork(job)
        house.clock.now = Day.hour(17)
        let answer = FeedbackAnswer(
            rating: 5, differently: "MoreCamels", quote: "BestDayEver", mayBePublished: true)
        guard
            case .kept = try await house.front.giveFeedback(
                event: "day", reference: person.attendee.reference, [answer])
        else {
            Issue.record("no feedback")
            return
        }
    }

    private func dump(_ house: House) async throws -> String {
        try await Program.run("sqlite3", arguments: [house.folder + "/lanyard.db", ".dump"])
    }

    /// What stands in the database's files, as far as it is ASCII.
    private func files(_ house: House) -> String {
        ["", "-wal"].map { end in
            let data = FileManager.default.contents(atPath: house.folder + "/lanyard.db" + end) ?? Data()
            return String(decoding: data.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
        }.joined()
    }

    private func found(in text: String) -> [String] { EraseTests.marks.filter(text.contains) }

    @Test func `nothing of an erased person is in a table, and then not in the files either`() async throws {
        let house = try await House(letters: true)
        try await house.importDay(questions: EraseTests.questions)
        let person = try await zenobia(house)
        try await attend(house, person)
        #expect(found(in: try await dump(house)) == EraseTests.marks)
        #expect(try await erase(house, person))
        #expect(found(in: try await dump(house)) == [])
        #expect(!found(in: files(house)).isEmpty, "the log has it still")
        #expect(try await house.front.overwriteErased() == .overwritten(people: 1))
        #expect(found(in: files(house)) == [])
        #expect(try await house.front.overwriteErased() == .overwritten(people: 0))
        #expect(try await house.front.verify().isEmpty)
        #expect(try await house.front.attendance(event: "day")?.arrived == 1)
    }

    @Test func `while doors are open the file is not written anew, and afterwards it is`() async throws {
        let house = try await House()
        try await house.importDay()
        let person = try await house.registered("Ada")
        house.clock.now = Day.doorsOpen
        try await erase(house, person)
        #expect(try await house.front.overwriteErased() == .overwritten(people: 0))
        house.clock.now = Day.hour(17)
        let size = try await Program.run("stat", arguments: ["-c", "%s", house.folder + "/lanyard.db"])
        guard case .tooLarge(let bytes) = try await house.front.overwriteErased(fileLimitBytes: 1_024) else {
            Issue.record("written anew")
            return
        }
        #expect(bytes >= Int(size.prefix { $0.isNumber }) ?? .max)
        #expect(try await house.front.overwriteErased(fileLimitBytes: bytes) == .overwritten(people: 1))
    }

    @Test func `the places of who is erased go to those who wait, and no letter goes to nobody`() async throws
    {
        let house = try await House(letters: true)
        try await house.importDay(capacity: 1, workshop: 1)
        let ada = try await house.registered("Ada", sessions: ["first"])
        let form = RegistrationForm(
            name: "Bob", email: "bob@example.org", sessions: ["first"], ifFull: .wait)
        guard case .registered(let bob) = try await house.front.register(form, event: "day") else {
            Issue.record("Bob does not wait")
            return
        }
        try await erase(house, ada)
        let promoted = try await house.front.attendee(event: "day", reference: bob.attendee.reference)
        #expect(promoted?.attendee.status == .confirmed && promoted?.bookings.map(\.status) == [.confirmed])
        let letters = try await house.front.lettersDue(limit: 9).map(\.told)
        #expect(letters.allSatisfy { $0.attendee == bob.attendee.id } && letters.count >= 2)
        let kinds = try await house.front.activity(event: "day", since: 3, limit: 9)?.map(\.kind) ?? []
        #expect(kinds.first == .cancelled && kinds.last == .erased && kinds.contains(.promoted))
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `erasing twice changes nothing, and somebody unknown is told so`() async throws {
        let house = try await House()
        try await house.importDay()
        try await house.importDay(slug: "other")
        let ada = try await house.registered("Ada")
        for event in ["other", "nowhere"] {
            guard
                case .unknownAttendee = try await house.front.erase(
                    event: event, reference: ada.attendee.reference)
            else {
                Issue.record("erased from \(event)")
                continue
            }
        }
        #expect(try await erase(house, ada))
        let before = try await dump(house)
        #expect(try await !erase(house, ada))
        #expect(try await dump(house) == before)
    }

    @Test func `who cancelled is erased too, without being cancelled again`() async throws {
        let house = try await House(letters: true)
        try await house.importDay(questions: EraseTests.questions)
        let person = try await zenobia(house)
        _ = try await house.front.cancel(event: "day", reference: person.attendee.reference, byStaff: true)
        let before = try await house.activityNumber()
        #expect(try await erase(house, person))
        #expect(try await house.activityNumber() == before + 1)
        #expect(found(in: try await dump(house)) == [])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `nobody has the reference any more, and the address may register anew`() async throws {
        let house = try await House(letters: true)
        try await house.importDay(questions: EraseTests.questions)
        let person = try await zenobia(house)
        try await attend(house, person)
        guard
            case .issued(let certificate) = try await house.front.certificate(
                event: "day", reference: person.attendee.reference)
        else {
            Issue.record("no certificate")
            return
        }
        try await erase(house, person)
        let (front, reference) = (house.front, person.attendee.reference)
        #expect(try await front.attendee(event: "day", reference: reference) == nil)
        #expect(
            try await front.attendee(event: "day", reference: reference, manageKey: person.manageKey) == nil)
        #expect(try await front.attendees(event: "day", limit: 9)?.items.isEmpty == true)
        for search in ["Zenobia", reference.description, String(reference.description.prefix(5)), "-", "---"]
        {
            #expect(try await front.findPeople(event: "day", search, limit: 9)?.people.isEmpty == true)
        }
        guard case .notValid = try await front.verifyCertificate(certificate.code, from: "x") else {
            Issue.record("the certificate still proves something")
            return
        }
        #expect(try await front.latestScans(event: "day", limit: 1).first?.name == nil)
        guard
            case .unknownAttendee = try await front.cancel(event: "day", reference: reference, byStaff: true)
        else {
            Issue.record("cancelled")
            return
        }
        house.clock.now = Day.hour(8)
        guard
            case .registered(let again) = try await front.register(
                RegistrationForm(name: "Zenobia", email: "zenobia@example.org"), event: "day",
                idempotencyKey: "KeyOfZenobia")
        else {
            Issue.record("the address is still taken, or its answer kept")
            return
        }
        #expect(again.attendee.reference != reference)
    }

    @Test func `the old badge is an unknown code, also at a door that admitted it`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        try await house.scan(ada.attendee.code)
        try await erase(house, ada)
        let answer = try await house.scan(ada.attendee.code)
        #expect(answer.verdict == .deny(.unknownCode) && answer.reference == nil && answer.name == nil)
        #expect(answer.text == "Not one of this event's codes")
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a scan that was named before its person was erased is answered as the first time`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        let (ada, bob) = (try await house.registered("Ada"), try await house.registered("Bob"))
        house.clock.now = Day.hour(9)
        let first = try await house.scan(ada.attendee.code, id: "7")
        try await erase(house, ada)
        let again = try await house.scan(ada.attendee.code, id: "7")
        #expect(again.verdict == .admit && again.scan == first.scan && again.name == nil)
        for text in [bob.attendee.code.description, "nonsense"] {
            await #expect(throws: ScanIDReused.self) { try await house.scan(text, id: "7") }
        }
    }

    @Test func `badges and letters on their way come to nothing`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let letter = try #require(try await house.front.lettersDue(limit: 1).first)
        guard
            case .requested(let job) = try await house.front.printBadge(
                event: "day", reference: ada.attendee.reference)
        else { return }
        try await erase(house, ada)
        #expect(try await house.front.contents(of: letter) == nil)
        try await house.front.noteLetter(letter.id, .sent)
        #expect(try await house.front.lettersDue(limit: 9).isEmpty)
        #expect(try await house.front.badge(for: job) == nil)
        var late = job
        late.state = .held
        late.reason = "The paper is out."
        #expect(try await house.front.notePrintWork(late).state == .cancelled)
        #expect(try await house.front.verify().isEmpty)
    }
}
