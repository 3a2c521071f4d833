import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AddressChangeTests {
    @Test func `without letters a new address counts at once, if it is nobody else's`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await house.registered("Bob")
        #expect(
            try await house.change(AttendeeChange(email: "BOB@example.org"), of: ada).refusals
                == [.addressTaken])
        guard
            case .changed(let changed, nil) = try await house.change(
                AttendeeChange(email: "ada.king@example.org"), of: ada)
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
                case .changed(let changed, address) = try await house.change(
                    AttendeeChange(name: "Ada King", email: address), of: ada)
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

    @Test func `an address that staff correct is told at both, with what there is to know`() async throws {
        let house = try await House(letters: true)
        try await house.importDay(capacity: 1)
        let (ada, bob) = (try await house.registered("Ada"), try await house.waits("Bob", for: []))
        let before = try await house.front.lettersDue(limit: 100).count
        for (person, name) in [(ada, "ada"), (bob, "bob")] {
            let correction = AttendeeChange(email: "\(name).king@example.org")
            guard case .changed(_, nil) = try await house.change(correction, of: person, byStaff: true)
            else {
                Issue.record("not changed")
                return
            }
        }
        let letters = try await house.front.lettersDue(limit: 100).dropFirst(before)
        #expect(letters.map(\.told.kind) == [.addressChanged, .registered, .addressChanged, .waiting])
        var addresses: [String?] = []
        for letter in letters { addresses.append(try await house.front.contents(of: letter)?.address) }
        #expect(
            addresses == [
                "ada@example.org", "ada.king@example.org", "bob@example.org", "bob.king@example.org",
            ])
        // Another name, or the same address in other letters, is nothing to tell.
        _ = try await house.change(
            AttendeeChange(name: "Ada King", email: "Ada.King@example.org"), of: ada, byStaff: true
        )
        #expect(try await house.front.lettersDue(limit: 100).count == before + letters.count)
        house.clock.now = Day.hour(17)
        _ = try await house.change(AttendeeChange(email: "late@example.org"), of: ada, byStaff: true)
        #expect(try await house.front.lettersDue(limit: 100).count == before + letters.count)
    }

    @Test func `an address that is only written otherwise is not told to itself`() async throws {
        let house = try await House(letters: true)
        try await house.importDay()
        let ada = try await house.registered("Ada")
        _ = try await house.change(AttendeeChange(email: "Ada@Example.org"), of: ada)
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
        _ = try await house.change(AttendeeChange(email: "bob@example.org"), of: ada)
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
}
