import Testing

@testable import Registration

@Suite(.timeLimit(.minutes(1)))
struct GivingTests {
    private func decide(
        _ wanted: GivingQuestion.Wanted = .session(status: .waiting, swaps: false, clashing: []),
        attendee: Attendee.Status = .confirmed, free: Int = 1, isHeld: Bool = true,
        isOver: Bool = false
    ) -> GivingDecision {
        let places = Places(capacity: 10, confirmed: 10 - free, waiting: 5, isHeld: isHeld)
        return GivingQuestion(wanted, attendee: attendee, places: places, isOver: isOver).decision
    }

    @Test func `who waits is given what is free while lists are held`() {
        #expect(decide() == .give(releasing: []))
        #expect(decide(.event, attendee: .waiting) == .give(releasing: []))
    }

    @Test func `places go by themselves while lists are not held`() {
        #expect(decide(isHeld: false) == .refuse(.listsNotHeld))
        #expect(decide(.event, attendee: .waiting, isHeld: false) == .refuse(.listsNotHeld))
    }

    @Test func `what is over is given to nobody`() {
        #expect(decide(isOver: true) == .refuse(.over))
        #expect(decide(.event, attendee: .waiting, isOver: true) == .refuse(.over))
    }

    @Test func `what is full or sold beyond its capacity is given to nobody`() {
        for free in [0, -1] {
            #expect(decide(free: free) == .refuse(.full))
            #expect(decide(.event, attendee: .waiting, free: free) == .refuse(.full))
        }
    }

    @Test func `what clashes is given up by whoever said so, and else named`() {
        func clashing(swaps: Bool) -> GivingDecision {
            decide(.session(status: .waiting, swaps: swaps, clashing: [Sample.second]))
        }
        #expect(clashing(swaps: true) == .give(releasing: [Sample.second]))
        #expect(clashing(swaps: false) == .refuse(.clash([Sample.second])))
    }

    @Test func `nobody is given what they have or do not wait for, whatever else is so`() {
        for isHeld in [false, true] {
            func session(_ status: Booking.Status?) -> GivingDecision {
                decide(.session(status: status, swaps: false, clashing: []), isHeld: isHeld)
            }
            #expect(session(.confirmed) == .refuse(.hasPlace))
            #expect(session(.cancelled) == .refuse(.notWaiting))
            #expect(session(nil) == .refuse(.notWaiting))
            #expect(decide(.event, attendee: .confirmed, isHeld: isHeld) == .refuse(.hasPlace))
        }
    }

    @Test func `a session gives no place to who is not in the event, and nothing to who has cancelled`() {
        #expect(decide(attendee: .waiting) == .refuse(.notInEvent))
        #expect(decide(attendee: .cancelled) == .refuse(.cancelled))
        #expect(decide(.event, attendee: .cancelled) == .refuse(.cancelled))
    }
}
