import FoundationEssentials
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AttendeeKeyTests {
    @Test func `after a copy was put back, the links of those who came after it open nobody's page`()
        async throws
    {
        let house = try await House()
        try await house.importDay()
        _ = try await house.registered("Ada")
        let folder = try TemporaryFolder()
        _ = try await house.front.backUp(to: folder.path("lanyard.db"))
        let bob = try await house.registered("Bob")
        let restored = try await House.open(folder.path(""), house.clock)
        defer { restored.close() }
        let form = RegistrationForm(name: "Eve", email: "eve@example.org")
        guard case .registered(let eve) = try await restored.register(form, event: "day") else {
            Issue.record("not registered")
            return
        }
        // The number, and so the reference, is given again; the key is not.
        #expect(eve.attendee.reference == bob.attendee.reference)
        let opened = try await restored.attendee(
            event: "day", reference: bob.attendee.reference, manageKey: bob.manageKey)
        #expect(opened == nil)
        let own = try await restored.attendee(
            event: "day", reference: eve.attendee.reference, manageKey: eve.manageKey)
        #expect(own?.attendee.name == "Eve")
    }
}
