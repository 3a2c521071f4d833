import Registration
import TestPeers
import Testing

@testable import Operations
@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CheckInTests {
    /// An event whose doors are open, an hour before the workshops.
    private func open(workshop: Int = 10) async throws -> House {
        let house = try await House()
        try await house.importDay(workshop: workshop)
        return house
    }

    @Test func `who is registered is let in once, and from then on told when it was`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        let first = try await house.scan(ada.attendee.code)
        #expect(first.verdict == .admit && first.text.isEmpty)
        #expect(first.name == "Ada" && first.reference == ada.attendee.reference)
        house.clock.advance(seconds: 600)
        for door in ["north", "south"] {
            let again = try await house.scan(ada.attendee.code, door: door)
            #expect(again.verdict == .again(Admission(at: Day.hour(9), point: "entrance")))
            #expect(again.text == "first 09:00 at entrance" && again.name == "Ada")
        }
        #expect(try await house.front.attendance(event: "day")?.arrived == 1)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `what is nobody's code tells nothing about anybody, and is kept`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        let guessed = Code(reference: ada.attendee.reference, secret: Code.Secret(high: 1, low: 2))
        for text in [
            guessed.description, "", "https://example.org/?a=b", "\0\u{1}",
            String(repeating: "é", count: 9_000),
        ] {
            let answer = try await house.scan(text)
            #expect(answer.verdict == .deny(.unknownCode))
            #expect(answer.text == "Not one of this event's codes")
            #expect(answer.name == nil && answer.reference == nil)
        }
        let scans = try await house.front.latestScans(event: "day", limit: 10)
        #expect(scans.count == 5)
        guard case .stray(let kept) = scans.first?.scan.subject else {
            Issue.record("the stray text was not kept")
            return
        }
        #expect(kept.utf8.count <= ScanRequest.strayLimit)
    }

    @Test func `a reference admits nobody, and is told to be one where it is this event's`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        try await house.importDay(slug: "other")
        house.clock.now = Day.hour(9)
        let reference = ada.attendee.reference.description
        let stranger = Reference(number: ada.attendee.reference.number ^ 1).description
        for (text, told) in [
            (reference, "This is a reference, not a code; look it up at the desk"),
            ("]Q1" + reference.lowercased(), "This is a reference, not a code; look it up at the desk"),
            (stranger, "Not one of this event's codes"), (reference + "0", "Not one of this event's codes"),
        ] {
            let answer = try await house.scan(text)
            #expect(answer.verdict == .deny(.unknownCode))
            #expect(answer.text == told)
            #expect(answer.name == nil && answer.reference == nil)
        }
        let elsewhere = try await house.front.checkIn(
            ScanRequest(
                text: reference, point: PointAddress(event: "other", point: CheckInPoint.entrance),
                door: "south"))
        #expect(elsewhere.text == "Not one of this event's codes")
    }

    @Test func `the doors have their hours`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.doorsOpen.adding(milliseconds: -1)
        let early = try await house.scan(ada.attendee.code)
        #expect(early.verdict == .deny(.notOpen))
        #expect(early.text == "Doors open at 08:00 on Wednesday 4 December 2024" && early.name == "Ada")
        house.clock.now = Day.hour(17)
        let late = try await house.scan(ada.attendee.code)
        #expect(late.verdict == .deny(.closed))
        #expect(late.text == "Doors closed at 17:00 on Wednesday 4 December 2024")
    }

    @Test func `who cancelled or waits is not let in`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        let bob = try await house.registered("Bob")
        let cyd = try await house.registered("Cyd")
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        try await house.front.store.write { transaction in
            try transaction.setStatus(.waiting, of: bob.attendee.id)
            try transaction.connection.run(
                """
                INSERT INTO booking (attendee_id, session_id, status, waiting_since)
                SELECT $1, id, 'waiting', 1 FROM session WHERE slug = 'first'
                """, .id(cyd.attendee.id))
        }
        house.clock.now = Day.hour(9)
        let cancelled = try await house.scan(ada.attendee.code)
        #expect(cancelled.verdict == .deny(.cancelled))
        #expect(cancelled.text == "Ada's registration was cancelled")
        let waiting = try await house.scan(bob.attendee.code)
        #expect(waiting.verdict == .deny(.waiting) && waiting.text == "Bob is on the event's waiting list")
        let room = try await house.scan(cyd.attendee.code, at: "first")
        #expect(room.verdict == .deny(.waiting))
        #expect(room.text == "Cyd is on the waiting list of The first session")
        #expect(try await house.scan(cyd.attendee.code).verdict == .admit)
    }

    @Test func `a badge stops admitting once a newer one is out, and the screen never does`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        let badge = { ScannedCode(code: ada.attendee.code, print: $0) }
        try await house.printBadge(ada)
        try await house.printBadge(ada, as: .sent)
        #expect(try await house.scan(badge(1)).verdict == .admit)
        try await house.printBadge(ada)
        let replaced = try await house.scan(badge(2), door: "south")
        #expect(replaced.verdict == .deny(.replaced))
        #expect(replaced.text == "A newer badge was printed for Ada" && replaced.name == "Ada")
        guard case .again = try await house.scan(badge(3), door: "south").verdict else {
            Issue.record("the newest badge is not good")
            return
        }
        #expect(try await house.scan(badge(3), at: "keynote").verdict == .admit)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a print that nobody asked for is on no badge`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        let badge = { ScannedCode(code: ada.attendee.code, print: $0) }
        #expect(try await house.scan(badge(1)).verdict == .deny(.unknownCode))
        try await house.printBadge(ada)
        // In somebody's hand before it is known that it came out.
        try await house.printBadge(ada, as: .sent)
        for print in [3, 999_999] {
            let answer = try await house.scan(badge(print))
            #expect(answer.verdict == .deny(.unknownCode) && answer.name == nil)
        }
        #expect(try await house.scan(badge(2)).verdict == .admit)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a code of another event is told as such, and whose it is stays there`() async throws {
        let house = try await open()
        try await house.importDay(slug: "other")
        let form = RegistrationForm(name: "Ada", email: "ada@example.org")
        guard case .registered(let ada) = try await house.front.register(form, event: "other") else { return }
        house.clock.now = Day.hour(9)
        let answer = try await house.scan(ada.attendee.code)
        #expect(answer.verdict == .deny(.otherEvent) && answer.text == "This code is for another event")
        #expect(answer.name == nil && answer.reference == nil)
        #expect(try await house.front.latestScans(event: "day", limit: 1).first?.name == nil)
    }

    @Test func `a room lets in who has booked it, and tells others where they should be`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada", sessions: ["first"])
        let bob = try await house.registered("Bob", sessions: ["third"])
        house.clock.now = Day.hour(9)
        #expect(try await house.scan(ada.attendee.code, at: "first").verdict == .admit)
        let wrong = try await house.scan(ada.attendee.code, at: "second")
        #expect(wrong.verdict == .deny(.notBooked))
        #expect(wrong.text == "Ada is booked in Room 10: The first session")
        let none = try await house.scan(bob.attendee.code, at: "second")
        #expect(none.verdict == .deny(.notBooked) && none.text == "Bob has not booked The second session")
        // The keynote is open to everyone, and each point counts for itself.
        #expect(try await house.scan(bob.attendee.code, at: "keynote").verdict == .admit)
        #expect(try await house.scan(bob.attendee.code).verdict == .admit)
        guard
            case .again(let before) = try await house.scan(ada.attendee.code, at: "first", door: "b").verdict
        else {
            Issue.record("a room was entered twice")
            return
        }
        #expect(before.point == "first")
        let attendance = try #require(try await house.front.attendance(event: "day"))
        #expect(attendance.arrived == 1)
        #expect(attendance.sessions.map(\.arrived) == [1, 1, 0, 0])
    }

    @Test func `a room takes no more than it holds, though somebody inside cancelled`() async throws {
        let house = try await open(workshop: 1)
        let ada = try await house.registered("Ada", sessions: ["first"])
        house.clock.now = Day.doorsOpen
        #expect(try await house.scan(ada.attendee.code, at: "first").verdict == .admit)
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        let bob = try await house.registered("Bob", sessions: ["first"])
        let full = try await house.scan(bob.attendee.code, at: "first")
        #expect(full.verdict == .deny(.sessionFull) && full.text == "The first session is full")
    }

    @Test func `a point that does not exist is the caller's mistake, and nothing is kept`() async throws {
        let house = try await open()
        await #expect(throws: UnknownPoint.self) { try await house.scan("X", at: "cellar") }
        await #expect(throws: UnknownPoint.self) {
            try await house.front.checkIn(
                ScanRequest(
                    text: "X", point: PointAddress(event: "nowhere", point: "entrance"), door: "north"))
        }
        #expect(try await house.front.latestScans(event: "day", limit: 10).isEmpty)
    }

    @Test func `one code at 64 doors at once is let in at exactly one`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        let verdicts = try await withThrowingTaskGroup { group in
            for door in 0..<64 {
                group.addTask {
                    try await house.scan(ada.attendee.code, door: "door \(door)", printer: "desk").verdict
                }
            }
            return try await group.reduce(into: [Verdict]()) { $0.append($1) }
        }
        #expect(verdicts.count { $0 == .admit } == 1)
        #expect(verdicts.count { $0.word == "again" } == 63)
        #expect(try await house.front.attendance(event: "day")?.arrived == 1)
        #expect(try await house.front.printJobs(of: ada.attendee.id).count == 1)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `the first admission prints the badge of who has none`() async throws {
        let house = try await open()
        let people = try await ["Ada", "Bob", "Cyd", "Dan"].asyncMap { try await house.registered($0) }
        let late = try await house.registered("Eve")
        house.clock.now = Day.hour(9)
        try await house.printBadge(people[1])
        try await house.printBadge(people[2], as: .held)
        try await house.printBadge(people[3], as: .failed)
        for person in people {
            try await house.scan(person.attendee.code, printer: "back")
            try await house.scan(person.attendee.code, door: "south", printer: "back")
            try await house.scan(person.attendee.code, at: "keynote", printer: "back")
        }
        let jobs = try await people.asyncMap { try await house.front.printJobs(of: $0.attendee.id) }
        #expect(jobs.map(\.count) == [1, 1, 1, 2])
        #expect(jobs[0].first?.printer == "back" && jobs[0].first?.state == .queued)
        house.clock.now = Day.hour(17)
        try await house.scan(late.attendee.code, printer: "back")
        #expect(try await house.front.printJobs(of: late.attendee.id).isEmpty)
    }

    @Test func `a gate that was offline is judged by when it read the badge`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        let bob = try await house.registered("Bob")
        house.clock.now = Day.hour(18)
        #expect(try await house.scan(ada.attendee.code, scannedAt: Day.hour(9)).verdict == .admit)
        #expect(try await house.front.arrivals(event: "day").map(\.began) == [Day.hour(9)])
        let again = try await house.scan(ada.attendee.code, door: "south", scannedAt: Day.hour(8))
        #expect(again.text == "first 09:00 at entrance")
        // A time to come is no time to be let in at.
        house.clock.now = Day.hour(7)
        #expect(try await house.scan(bob.attendee.code, scannedAt: Day.hour(9)).verdict == .deny(.notOpen))
        for (number, far) in [Int64.min, .max, -1, 0].enumerated() {
            let moment = Timestamp(rawValue: far)
            for _ in 0..<2 {
                #expect(
                    try await house.scan(bob.attendee.code, door: "\(number)", scannedAt: moment).verdict
                        == .deny(.notOpen))
            }
        }
    }

    @Test func `arrivals are counted in spans of five minutes`() async throws {
        let house = try await open()
        for (name, seconds) in [("Ada", 0), ("Bob", 299), ("Cyd", 300), ("Dan", 3_600)] as [(String, Int64)] {
            house.clock.now = Day.doorsOpen
            let person = try await house.registered(name)
            house.clock.advance(seconds: seconds)
            try await house.scan(person.attendee.code)
        }
        #expect(
            try await house.front.arrivals(event: "day") == [
                ArrivalCount(began: Day.hour(8), count: 2),
                ArrivalCount(began: Day.hour(8).adding(seconds: 300), count: 1),
                ArrivalCount(began: Day.hour(9), count: 1),
            ])
    }

    @Test func `a code is known with what the scanner sent before it`() async throws {
        let house = try await open()
        let ada = try await house.registered("Ada")
        house.clock.now = Day.hour(9)
        #expect(try await house.scan("]Q1\(ada.attendee.code)").verdict == .admit)
    }
}

extension Array where Element: Sendable {
    func asyncMap<Other>(_ body: (Element) async throws -> Other) async rethrows -> [Other] {
        var others: [Other] = []
        for element in self { others.append(try await body(element)) }
        return others
    }
}
