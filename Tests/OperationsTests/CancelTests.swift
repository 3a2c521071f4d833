import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CancelTests {
    @Test func `cancelling frees the places, and the next person gets in`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 1, workshop: 1)
        let ada = try await house.registered("Ada", sessions: ["first", "third"])
        #expect(try await house.register("Bob", sessions: ["first"]).refusals == [.eventFull, .sessionFull])
        guard
            case .cancelled(let left) = try await house.front.cancel(
                event: "day", reference: ada.attendee.reference, byStaff: true)
        else {
            Issue.record("not cancelled")
            return
        }
        #expect(left.attendee.status == .cancelled && left.bookings.isEmpty)
        let bob = try await house.registered("Bob", sessions: ["first"])
        #expect(bob.bookings.map(\.session.slug) == ["first"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `cancelling again changes nothing, and somebody unknown is told so`() async throws {
        let house = try await House()
        try await house.importDay()
        try await house.importDay(slug: "other")
        let ada = try await house.registered("Ada")
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        let before = try await house.activityNumber()
        _ = try await house.front.cancel(event: "day", reference: ada.attendee.reference, byStaff: true)
        #expect(try await house.activityNumber() == before)
        for (event, reference) in [
            ("other", ada.attendee.reference), ("nowhere", ada.attendee.reference),
            ("day", Reference(number: 12)),
        ] {
            guard
                case .unknownAttendee = try await house.front.cancel(
                    event: event, reference: reference, byStaff: true)
            else {
                Issue.record("\(reference) was cancelled in \(event)")
                continue
            }
        }
    }

    @Test func `an address may register again once its registration is cancelled`() async throws {
        let house = try await House()
        try await house.importDay()
        let first = try await house.registered("Ada", sessions: ["first"])
        #expect(try await house.register("Ada").refusals == [.addressTaken])
        _ = try await house.front.cancel(event: "day", reference: first.attendee.reference, byStaff: true)
        let second = try await house.registered("Ada", sessions: ["second"])
        #expect(second.attendee.reference != first.attendee.reference)
        #expect(second.bookings.map(\.session.slug) == ["second"])
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `badges that are not out yet are not printed for who cancelled`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let reference = ada.attendee.reference
        for state in [PrintState.queued, .held, .sent, .printed, .failed] {
            guard
                case .requested(var job) = try await house.front.printBadge(
                    event: "day", reference: reference)
            else {
                Issue.record("no badge")
                return
            }
            job.state = state
            _ = try await house.front.notePrintWork(job)
        }
        _ = try await house.front.cancel(event: "day", reference: reference, byStaff: true)
        let states = try await house.front.printJobs(of: ada.attendee.id).map(\.state)
        #expect(states == [.cancelled, .cancelled, .cancelled, .printed, .failed])
        guard case .notConfirmed = try await house.front.printBadge(event: "day", reference: reference) else {
            Issue.record("a badge for somebody who cancelled")
            return
        }
    }

    @Test func `people who come and go at once leave the counts right`() async throws {
        let house = try await House()
        try await house.importDay(capacity: 20, workshop: 5)
        try await withThrowingTaskGroup { group in
            for number in 0..<60 {
                group.addTask {
                    let outcome = try await house.register(
                        "Person \(number)", sessions: [number % 2 == 0 ? "first" : "second"])
                    guard case .registered(let person) = outcome else { return }
                    _ = try await house.front.cancel(
                        event: "day", reference: person.attendee.reference, byStaff: true)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await house.front.attendance(event: "day")?.registered == 0)
        #expect(try await house.front.verify().isEmpty)
    }
}
