import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ChangeTests {
    private func change(
        _ change: AttendeeChange, of person: RegisteredAttendee, in house: House, byStaff: Bool = false
    ) async throws -> ChangeOutcome {
        try await house.front.change(
            event: "day", reference: person.attendee.reference, change, byStaff: byStaff)
    }

    private func refusals(_ outcome: ChangeOutcome) -> [RegistrationRefusal] {
        if case .refused(let refusals) = outcome { refusals } else { [] }
    }

    @Test func `two changes of one person at once never leave a clash`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first"])
        for _ in 0..<20 {
            async let one = change(AttendeeChange(sessions: ["first", "third"]), of: ada, in: house)
            async let other = change(AttendeeChange(sessions: ["second", "third"]), of: ada, in: house)
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
        let outcome = try await change(
            AttendeeChange(sessions: ["second", "third"], name: "Ada King"), of: ada, in: house)
        #expect(refusals(outcome).map(\.self) == refusals(outcome).filter { $0.field == .sessions })
        #expect(refusals(outcome).count == 1)
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
        guard case .changed(let changed, nil) = try await change(correction, of: ada, in: house) else {
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
                refusals(try await change(correction, of: ada, in: house)) == [.field(problem)])
        }
    }

    @Test func `without letters a new address counts at once, if it is nobody else's`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await house.registered("Bob")
        #expect(
            refusals(try await change(AttendeeChange(email: "BOB@example.org"), of: ada, in: house))
                == [.addressTaken])
        guard
            case .changed(let changed, nil) = try await change(
                AttendeeChange(email: "ada.king@example.org"), of: ada, in: house)
        else {
            Issue.record("not changed")
            return
        }
        #expect(changed.attendee.email == "ada.king@example.org")
        #expect(try await house.register("Ada").isRegistered)
    }

    @Test func `with letters a new address counts once whoever reads its letters says so`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await house.registered("Bob")
        // Whether somebody else has it is not told to one who can't read its letters.
        for address in ["bob@example.org", "ada.king@example.org"] {
            guard
                case .changed(let changed, address) = try await change(
                    AttendeeChange(name: "Ada King", email: address), of: ada, in: house)
            else {
                Issue.record("not changed")
                return
            }
            #expect(changed.attendee.email == "ada@example.org" && changed.attendee.name == "Ada King")
        }
        let letters = try await house.front.lettersDue(limit: 100).filter { $0.told.kind == .confirmAddress }
        #expect(letters.map(\.told.address) == ["bob@example.org", "ada.king@example.org"])
        var keys: [String] = []
        for letter in letters {
            let url = try #require(try await house.front.contents(of: letter)?.confirmURL)
            keys.append(String(try #require(url.split(separator: "/").last)))
        }
        let reference = ada.attendee.reference
        guard
            case .unknown = try await house.front.confirmAddress(
                event: "day", reference: reference, key: keys[0]),
            case .confirmed(let changed) = try await house.front.confirmAddress(
                event: "day", reference: reference, key: keys[1]),
            case .unknown = try await house.front.confirmAddress(
                event: "day", reference: reference, key: keys[1])
        else {
            Issue.record("the last address asked for is the one that counts, once")
            return
        }
        #expect(changed.attendee.email == "ada.king@example.org")
        let told = try await house.front.lettersDue(limit: 100).filter { $0.told.kind == .addressChanged }
        #expect(told.map(\.told.address) == ["ada@example.org"])
    }

    @Test func `an address that is only written otherwise is not told to itself`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await change(AttendeeChange(email: "Ada@Example.org"), of: ada, in: house)
        let letter = try #require(
            try await house.front.lettersDue(limit: 100).first { $0.told.kind == .confirmAddress })
        let url = try #require(try await house.front.contents(of: letter)?.confirmURL)
        guard
            case .confirmed = try await house.front.confirmAddress(
                event: "day", reference: ada.attendee.reference,
                key: String(try #require(url.split(separator: "/").last)))
        else {
            Issue.record("not confirmed")
            return
        }
        let kinds = try await house.front.lettersDue(limit: 100).map(\.told.kind)
        #expect(!kinds.contains(.addressChanged))
    }

    @Test func `an address that somebody registered with meanwhile is not confirmed`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await change(AttendeeChange(email: "bob@example.org"), of: ada, in: house)
        let letter = try #require(
            try await house.front.lettersDue(limit: 100).first { $0.told.kind == .confirmAddress })
        let url = try #require(try await house.front.contents(of: letter)?.confirmURL)
        _ = try await house.registered("Bob")
        guard
            case .taken = try await house.front.confirmAddress(
                event: "day", reference: ada.attendee.reference,
                key: String(try #require(url.split(separator: "/").last)))
        else {
            Issue.record("not taken")
            return
        }
    }

    @Test func `attendees change and cancel until the time for it is over, staff also later`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada", sessions: ["first"])
        house.clock.now = Day.hour(9)
        let closed = RegistrationRefusal.changesClosed(Day.hour(9))
        for late in [AttendeeChange(sessions: []), AttendeeChange(name: "A"), AttendeeChange(swaps: true)] {
            #expect(refusals(try await change(late, of: ada, in: house)) == [closed])
        }
        guard
            case .refused(closed) = try await house.front.cancel(
                event: "day", reference: ada.attendee.reference, byStaff: false),
            case .changed = try await change(
                AttendeeChange(sessions: ["third"], name: "A"), of: ada, in: house, byStaff: true),
            case .cancelled = try await house.front.cancel(
                event: "day", reference: ada.attendee.reference, byStaff: true)
        else {
            Issue.record("closed for the wrong people")
            return
        }
        #expect(
            refusals(try await change(AttendeeChange(sessions: []), of: ada, in: house, byStaff: true))
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
