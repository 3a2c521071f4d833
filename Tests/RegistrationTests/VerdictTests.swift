import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct VerdictTests {
    static let doorsOpen = Timestamp(rawValue: 1_000)
    static let doorsClose = Timestamp(rawValue: 2_000)
    static let before = Admission(at: Timestamp(rawValue: 1_100), point: "entrance")

    /// The verdict on somebody confirmed, with the badge on a screen, while the doors are open.
    private func verdict(
        _ status: Attendee.Status = .confirmed, print: Int? = nil, newest: Int = 0, at now: Int64 = 1_500,
        before: Admission? = nil, room: AdmissionQuestion.Room? = nil
    ) -> Verdict {
        AdmissionQuestion(
            attendee: status, scannedPrint: print, newestPrint: newest, doorsOpen: VerdictTests.doorsOpen,
            doorsClose: VerdictTests.doorsClose, now: Timestamp(rawValue: now), before: before, bookable: room
        ).verdict
    }

    private func room(_ booking: Booking.Status?, inside: Int = 0) -> AdmissionQuestion.Room {
        AdmissionQuestion.Room(capacity: 10, inside: inside, booking: booking)
    }

    @Test func `who is registered is admitted at the entrance and where nothing need be booked`() {
        #expect(verdict() == .admit)
    }

    @Test func `who was admitted before is told so`() {
        #expect(verdict(before: VerdictTests.before) == .again(VerdictTests.before))
    }

    @Test func `the doors open and close on the millisecond`() {
        #expect(verdict(at: 999) == .deny(.notOpen))
        #expect(verdict(at: 1_000) == .admit)
        #expect(verdict(at: 1_999) == .admit)
        #expect(verdict(at: 2_000) == .deny(.closed))
    }

    @Test func `a badge is replaced by a newer print, and by nothing else`() {
        #expect(verdict(print: 1, newest: 2) == .deny(.replaced))
        #expect(verdict(print: 2, newest: 2) == .admit)
        // The printer has not said yet that it came out.
        #expect(verdict(print: 3, newest: 2) == .admit)
        #expect(verdict(print: nil, newest: 2) == .admit)
    }

    @Test func `a room admits who has a confirmed booking while there is a place inside`() {
        #expect(verdict(room: room(.confirmed)) == .admit)
        #expect(verdict(room: room(.confirmed, inside: 9)) == .admit)
        #expect(verdict(room: room(.confirmed, inside: 10)) == .deny(.sessionFull))
        #expect(verdict(room: room(.waiting)) == .deny(.waiting))
        #expect(verdict(room: room(.cancelled)) == .deny(.notBooked))
        #expect(verdict(room: room(nil)) == .deny(.notBooked))
        #expect(verdict(room: room(nil, inside: 10)) == .deny(.notBooked))
    }

    @Test
    func `the weightiest reason is told: the registration, the badge, the first time, the doors, the room`() {
        // Everything is against the person; then one reason after the other is taken away.
        let all = room(nil, inside: 10)
        let before = VerdictTests.before
        #expect(
            verdict(.cancelled, print: 1, newest: 2, at: 999, before: before, room: all) == .deny(.cancelled))
        #expect(verdict(.waiting, print: 1, newest: 2, at: 999, before: before, room: all) == .deny(.waiting))
        #expect(verdict(print: 1, newest: 2, at: 999, before: before, room: all) == .deny(.replaced))
        #expect(verdict(at: 999, before: before, room: all) == .again(before))
        #expect(verdict(at: 2_000, before: before, room: all) == .again(before))
        #expect(verdict(at: 999, room: all) == .deny(.notOpen))
        #expect(verdict(at: 2_000, room: all) == .deny(.closed))
        #expect(verdict(room: all) == .deny(.notBooked))
    }

    @Test func `the words of verdicts and reasons are those of the doors and the tables`() {
        #expect(Verdict.admit.word == "admit" && Verdict.admit.reason == nil)
        #expect(Verdict.again(VerdictTests.before).word == "again")
        #expect(Verdict.deny(.unknownCode).word == "deny")
        #expect(Verdict.deny(.unknownCode).reason == .unknownCode)
        #expect(
            DenyReason.allCases.map(\.rawValue) == [
                "unknown-code", "cancelled", "waiting", "replaced", "other-event", "not-booked", "not-open",
                "session-full", "closed",
            ])
    }
}
