import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct NeedsTests {
    @discardableResult
    private func register(
        _ house: House, _ name: String, access: String = "", dietary: String = "", sessions: [String] = []
    ) async throws -> RegistrationOutcome {
        try await house.front.register(
            RegistrationForm(
                name: name, email: "\(name.filter { $0 != " " })@example.org", accessNeeds: access,
                dietaryNeeds: dietary, sessions: sessions), event: "day", byStaff: true)
    }

    @Test func `the caterer is told numbers without names, the venue people with where they will be`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        try await register(house, "Zoe", access: "A ramp", dietary: "halal", sessions: ["second"])
        try await register(house, "ada", access: "Hearing loop", dietary: "Vegan")
        for (name, needs) in [("Bob", "vegan."), ("Cyd", " Vegan"), ("Dan", "No  nuts"), ("Eve", "no nuts")] {
            try await register(house, name, dietary: needs)
        }
        guard case .registered(let gone) = try await register(house, "Gone", access: "Gone", dietary: "Gone")
        else {
            Issue.record("not registered")
            return
        }
        _ = try await house.front.cancel(event: "day", reference: gone.attendee.reference, byStaff: true)
        let list = try #require(try await house.front.needs(event: "day"))
        #expect(list.dietary.map(\.people) == [3, 2, 1])
        #expect(list.dietary.map { $0.needs.lowercased() } == ["vegan", "no  nuts", "halal"])
        #expect(list.access.map(\.attendee.name) == ["ada", "Zoe"])
        #expect(list.access[1].bookings.map(\.session.room) == ["Room 10"])
        #expect(list.purged == nil && !list.isAccessCut && !list.isDietaryCut)
        #expect(try await house.front.needs(event: "none") == nil)
    }

    @Test func `needs are deleted at their own time and not before, once, and it is noted without data`()
        async throws
    {
        let house = try await House()
        let event = try await house.importDay()
        try await register(house, "Ada", access: "A ramp", dietary: "Vegan")
        house.clock.now = event.needsPurged.adding(milliseconds: -1)
        #expect(try await house.front.purgeNeedsDue() == 0)
        #expect(try await house.front.needs(event: "day")?.access.count == 1)
        house.clock.now = event.needsPurged
        #expect(try await house.front.purgeNeedsDue() == 1)
        let list = try #require(try await house.front.needs(event: "day"))
        #expect(list.access.isEmpty && list.dietary.isEmpty && list.purged == event.needsPurged)
        let record = try #require(try await house.front.activity(event: "day", since: 2, limit: 9)?.first)
        #expect(record.kind == .needsPurged && record.detail == "{}")
        #expect(try await erased(house) == "1")
        house.clock.advance(seconds: 60)
        #expect(try await house.front.purgeNeedsDue() == 0)
        #expect(try await house.activityNumber() == 3)
    }

    @Test func `an event that is moved later and back loses what was written meanwhile`() async throws {
        let house = try await House()
        let event = try await house.importDay()
        house.clock.now = event.needsPurged
        #expect(try await house.front.purgeNeedsDue() == 1)
        let (plan, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        var later = plan
        later.registrationCloses = Day.hour(24 * 60)
        later.needsPurged = event.needsPurged.adding(seconds: 86_400)
        _ = try await house.front.importEvent(later, sessions: sessions)
        #expect(try await register(house, "Ada", access: "A ramp").isRegistered)
        later.needsPurged = event.needsPurged
        _ = try await house.front.importEvent(later, sessions: sessions)
        #expect(try await house.front.purgeNeedsDue() == 1)
        #expect(try await house.front.needs(event: "day")?.access.isEmpty == true)
        #expect(try await house.front.purgeNeedsDue() == 0)
    }

    @Test func `whoever cancels takes their needs with them`() async throws {
        let house = try await House()
        try await house.importDay()
        guard case .registered(let ada) = try await register(house, "Ada", access: "A ramp") else {
            Issue.record("not registered")
            return
        }
        let reference = ada.attendee.reference
        _ = try await house.front.cancel(event: "day", reference: reference, byStaff: false)
        let left = try #require(try await house.front.attendee(event: "day", reference: reference))
        #expect(left.attendee.accessNeeds.isEmpty && left.attendee.name == "Ada")
    }

    @Test func `what a crash left unfinished is finished by the next call`() async throws {
        let house = try await House()
        let event = try await house.importDay()
        house.clock.now = event.needsPurged
        _ = try await house.front.purgeNeedsDue()
        try await Program.run(
            "sqlite3", arguments: [house.folder + "/lanyard.db", "UPDATE needs_purge SET is_erased = 0"])
        #expect(try await house.front.purgeNeedsDue() == 0)
        #expect(try await erased(house) == "1")
    }

    private func erased(_ house: House) async throws -> String {
        let output = try await Program.run(
            "sqlite3", arguments: [house.folder + "/lanyard.db", "SELECT is_erased FROM needs_purge"])
        return String(output.prefix(1))
    }

    @Test func `after their time needs are refused in words, and other corrections are taken`() async throws {
        let house = try await House()
        let event = try await house.importDay()
        guard case .registered(let ada) = try await register(house, "Ada", access: "A ramp") else {
            Issue.record("not registered")
            return
        }
        house.clock.now = event.needsPurged
        #expect(try await register(house, "Bob", dietary: "Vegan").refusals == [.needsPurged])
        #expect(try await register(house, "Bob").isRegistered)
        func correct(_ change: AttendeeChange) async throws -> ChangeOutcome {
            try await house.front.change(
                event: "day", reference: ada.attendee.reference, change, byStaff: true)
        }
        guard
            case .refused([.needsPurged(event.needsPurged)]) = try await correct(
                AttendeeChange(accessNeeds: "Two ramps")),
            // Before the daemon came to it, somebody may still take back what they wrote.
            case .changed = try await correct(AttendeeChange(accessNeeds: "")),
            case .changed = try await correct(AttendeeChange(name: "Ada L."))
        else {
            Issue.record("taken, or refused too much")
            return
        }
    }

    @Test func `an event that is moved to a later day takes needs again, and they are deleted again`()
        async throws
    {
        let house = try await House()
        let first = try await house.importDay()
        house.clock.now = first.needsPurged
        #expect(try await house.front.purgeNeedsDue() == 1)
        var (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        event.needsPurged = first.needsPurged.adding(seconds: 86_400)
        guard case .changed = try await house.front.importEvent(event, sessions: sessions) else {
            Issue.record("not imported")
            return
        }
        #expect(try await register(house, "Ada", access: "A ramp").isRegistered)
        #expect(try await house.front.needs(event: "day")?.purged == nil)
        house.clock.now = event.needsPurged
        #expect(try await house.front.purgeNeedsDue() == 1)
        #expect(try await house.front.needs(event: "day")?.access.isEmpty == true)
    }
}
