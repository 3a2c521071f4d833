import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ChangeTests {
    @Test func `two changes of one person at once never leave a clash`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first"])
        for _ in 0..<20 {
            async let one = house.change(AttendeeChange(sessions: ["first", "third"]), of: ada)
            async let other = house.change(AttendeeChange(sessions: ["second", "third"]), of: ada)
            guard case .changed = try await one, case .changed = try await other else {
                Issue.record("a change was refused")
                return
            }
            let holds = try await house.holds(ada)
            #expect(holds == ["first", "third"] || holds == ["second", "third"])
        }
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `a change is all or nothing`() async throws {
        let house = try await House()
        try await house.importDay(workshop: 1)
        _ = try await house.registered("Bob", sessions: ["third"])
        let ada = try await house.registered("Ada", sessions: ["first"])
        let outcome = try await house.change(
            AttendeeChange(sessions: ["second", "third"], name: "Ada King"), of: ada)
        #expect(outcome.refusals == outcome.refusals.filter { $0.field == .sessions })
        #expect(outcome.refusals.count == 1)
        #expect(try await house.holds(ada) == ["first"])
        let still = try await house.front.attendee(event: "day", reference: ada.attendee.reference)
        #expect(still?.attendee.name == "Ada")
    }

    @Test func `a place that was given back can be taken again`() async throws {
        let house = try await House()
        try await house.importDay(workshop: 1)
        let ada = try await house.registered("Ada", sessions: ["first"])
        for sessions in [["second"], ["first"], [], ["first", "third"]] {
            try await house.change(ada, sessions)
            #expect(try await house.holds(ada) == sessions)
        }
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `what somebody typed is corrected and the code stays good`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let correction = AttendeeChange(
            name: " Ada King ", organisation: "Engine", role: "Countess", accessNeeds: "A seat",
            dietaryNeeds: "None")
        guard case .changed(let changed, nil) = try await house.change(correction, of: ada) else {
            Issue.record("not changed")
            return
        }
        #expect(changed.attendee.name == "Ada King" && changed.attendee.organisation == "Engine")
        #expect(changed.attendee.role == "Countess" && changed.attendee.accessNeeds == "A seat")
        #expect(changed.attendee.code.description == ada.attendee.code.description)
        #expect(changed.manageKey == ada.manageKey)
        house.clock.now = Day.doorsOpen
        #expect(try await house.scan(ada.attendee.code).name == "Ada King")
        let record = try #require(try await house.front.activity(event: "day", since: 0, limit: 10)).filter {
            $0.kind == .corrected
        }
        #expect(record.count == 1 && record.allSatisfy { !$0.detail.contains("King") })
    }

    @Test func `a correction keeps to the form's rules`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        for (correction, problem) in [
            (AttendeeChange(name: "  "), RegistrationForm.Problem(.name, .missing)),
            (AttendeeChange(name: String(repeating: "x", count: 121)), .init(.name, .tooLong)),
            (AttendeeChange(email: "nobody"), .init(.email, .notAnAddress)),
            (AttendeeChange(role: "a\u{7}"), .init(.role, .controlCharacters)),
        ] {
            #expect(
                try await house.change(correction, of: ada).refusals == [.field(problem)])
        }
    }

    @Test func `attendees change and cancel until the time for it is over, staff also later`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first"])
        house.clock.now = Day.hour(9)
        let closed = RegistrationRefusal.changesClosed(Day.hour(9))
        for late in [AttendeeChange(sessions: []), AttendeeChange(name: "A"), AttendeeChange(swaps: true)] {
            #expect(try await house.change(late, of: ada).refusals == [closed])
        }
        guard
            case .refused(closed) = try await house.front.cancel(
                event: "day", reference: ada.attendee.reference, byStaff: false),
            case .changed = try await house.change(
                AttendeeChange(sessions: ["third"], name: "A"), of: ada, byStaff: true),
            case .cancelled = try await house.front.cancel(
                event: "day", reference: ada.attendee.reference, byStaff: true)
        else {
            Issue.record("closed for the wrong people")
            return
        }
        #expect(
            try await house.change(AttendeeChange(sessions: []), of: ada, byStaff: true).refusals
                == [.cancelled])
    }

    @Test func `a capacity below what is booked is refused with the number, and sinks when it is forced`()
        async throws
    {
        let house = try await House()
        try await house.importDay(workshop: 5)
        var people: [RegisteredAttendee] = []
        for name in ["Ada", "Bob", "Eve", "Dan"] {
            people.append(try await house.registered(name, sessions: ["third"]))
        }
        func set(_ capacity: Int, forced: Bool) async throws -> CapacityOutcome {
            try await house.front.changeCapacity(
                event: "day", session: "third", to: capacity, isForced: forced)
        }
        guard case .belowBooked(4) = try await set(2, forced: false),
            case .changed(let offer) = try await set(2, forced: true)
        else {
            Issue.record("not as it should be")
            return
        }
        #expect(offer.places == Places(capacity: 2, confirmed: 4, waiting: 0) && offer.places.left == 0)
        #expect(try await house.front.verify().isEmpty)
        let late = try await house.waits("Liz", for: ["third"])
        for person in people.prefix(2) {
            try await house.change(person, [])
            #expect(try await house.holds(late) == ["third?1"])
        }
        try await house.change(people[2], [])
        #expect(try await house.holds(late) == ["third"])
        #expect(try await house.front.verify().isEmpty)
        for (capacity, session) in [(0, "third"), (1_000_001, "third"), (5, "keynote"), (5, "nowhere")] {
            let outcome = try await house.front.changeCapacity(
                event: "day", session: session, to: capacity, isForced: true)
            switch (outcome, session) {
            case (.outOfRange, "third"), (.notBookable, "keynote"), (.unknownSession, "nowhere"): break
            default: Issue.record("\(capacity) for \(session): \(outcome)")
            }
        }
    }

    @Test func `whoever was booked before a capacity sank is let into the room`() async throws {
        let house = try await House()
        try await house.importDay(workshop: 2)
        let people = [
            try await house.registered("Ada", sessions: ["third"]),
            try await house.registered("Bob", sessions: ["third"]),
        ]
        _ = try await house.front.changeCapacity(event: "day", session: "third", to: 1, isForced: true)
        house.clock.now = Day.hour(12)
        for person in people {
            #expect(try await house.scan(person.attendee.code, at: "third").verdict == .admit)
        }
    }
}
