import Operations
import Registration
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RepeatedScanTests {
    private func open() async throws -> (House, RegisteredAttendee) {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await house.registered("Bob")
        house.clock.now = Day.hour(9)
        return (house, ada)
    }

    @Test func `a code that stays before the scanner is one scan for 2,999 ms, and a new one at 3,000`()
        async throws
    {
        let (house, ada) = try await open()
        let first = try await house.scan(ada.attendee.code)
        let activity = try await house.activityNumber()
        house.clock.now = Day.hour(9).adding(milliseconds: 2_999)
        let same = try await house.scan(ada.attendee.code)
        #expect(same.verdict == .admit && same.scan == first.scan)
        #expect(try await house.activityNumber() == activity)
        house.clock.now = Day.hour(9).adding(milliseconds: 3_000)
        let next = try await house.scan(ada.attendee.code)
        #expect(next.verdict.word == "again" && next.scan != first.scan)
    }

    @Test func `each door and each code is for itself`() async throws {
        let (house, ada) = try await open()
        let people = try await house.front.attendees(event: "day", limit: 2)
        let bob = try #require(people?.items.last)
        #expect(try await house.scan(ada.attendee.code).verdict == .admit)
        #expect(try await house.scan(ada.attendee.code, door: "south").verdict.word == "again")
        #expect(try await house.scan(bob.attendee.code).verdict == .admit)
        #expect(try await house.scan(ada.attendee.code).verdict == .admit)
        let stray = try await house.scan("X")
        #expect(try await house.scan("X").scan == stray.scan)
        #expect(try await house.scan("Y").scan != stray.scan)
    }

    @Test func `64 readings of one code at one door at once are one scan`() async throws {
        let (house, ada) = try await open()
        let answers = try await withThrowingTaskGroup { group in
            for _ in 0..<64 { group.addTask { try await house.scan(ada.attendee.code) } }
            return try await group.reduce(into: [ScanAnswer]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.verdict == .admit && $0.name == "Ada" })
        #expect(Set(answers.map(\.scan)).count == 1)
        #expect(try await house.front.latestScans(event: "day", limit: 10).count == 1)
    }

    @Test func `a scan that has a name is answered as the first time, however late`() async throws {
        let (house, ada) = try await open()
        let first = try await house.scan(ada.attendee.code, id: "gate-1")
        let early = try await house.scan("stray", id: "gate-2")
        let activity = try await house.activityNumber()
        house.clock.now = Day.hour(20)
        let repeated = try await house.scan(ada.attendee.code, id: "gate-1")
        #expect(repeated.verdict == .admit && repeated.scan == first.scan && repeated.name == "Ada")
        let stray = try await house.scan("stray", id: "gate-2")
        #expect(stray.verdict == .deny(.unknownCode) && stray.scan == early.scan)
        #expect(try await house.activityNumber() == activity)
        #expect(try await house.scan(ada.attendee.code, id: "gate-3").verdict.word == "again")
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `doors that number their scans alike let in whom they scanned and nobody else`() async throws {
        let (house, ada) = try await open()
        #expect(try await house.scan(ada.attendee.code, door: "north", id: "1").verdict == .admit)
        let other = try await house.scan("stray", door: "south", id: "1")
        #expect(other.verdict == .deny(.unknownCode) && other.name == nil)
        #expect(try await house.scan(ada.attendee.code, door: "west", id: "1").verdict.word == "again")
        #expect(try await house.front.verify().isEmpty)
    }

    @Test
    func `a name that a door used for another code or at another point is refused, and nothing is kept`()
        async throws
    {
        let (house, ada) = try await open()
        let first = try await house.scan(ada.attendee.code, id: "1")
        let activity = try await house.activityNumber()
        for (text, point) in [
            ("stray", "entrance"), (ada.attendee.code.description, "keynote"),
            ("\(ada.attendee.code).1", "entrance"),
        ] {
            await #expect(throws: ScanIDReused.self) { try await house.scan(text, at: point, id: "1") }
        }
        #expect(try await house.activityNumber() == activity)
        #expect(try await house.scan(ada.attendee.code, id: "1").scan == first.scan)
    }

    @Test func `a restart in between changes none of it`() async throws {
        let (house, ada) = try await open()
        let first = try await house.scan(ada.attendee.code, id: "gate-1")
        house.front.close()
        let front = try await House.open(house.folder, house.clock)
        house.clock.advance(seconds: 2)
        let point = PointAddress(event: "day", point: "entrance")
        let request = ScanRequest(text: ada.attendee.code.description, point: point, door: "north")
        #expect(try await front.checkIn(request).scan == first.scan)
        var named = request
        named.id = "gate-1"
        house.clock.advance(seconds: 60)
        #expect(try await front.checkIn(named).scan == first.scan)
        #expect(try await front.checkIn(request).verdict.word == "again")
        front.close()
    }

    @Test func `pipelined scans are answered in their order`() async throws {
        let (house, ada) = try await open()
        let answered = Mutex<[Int]>([])
        let point = PointAddress(event: "day", point: "entrance")
        for number in 0..<500 {
            let text = number == 250 ? ada.attendee.code.description : "stray \(number)"
            house.front.checkIn(ScanRequest(text: text, point: point, door: "north")) { outcome in
                if case .success(let answer) = outcome, (answer.verdict == .admit) == (number == 250) {
                    answered.withLock { $0.append(number) }
                }
            }
        }
        try await eventually("all scans are answered", isTrue: { answered.withLock { $0.count } == 500 })
        #expect(answered.withLock { $0 } == Array(0..<500))
    }
}
