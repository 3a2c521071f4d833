import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct PrintBadgeTests {
    private func print(
        _ person: RegisteredAttendee, on printer: String? = nil, key: String?, _ house: House
    ) async throws -> PrintJob? {
        let outcome = try await house.front.printBadge(
            event: "day", reference: person.attendee.reference, printer: printer, idempotencyKey: key)
        return if case .requested(let job) = outcome { job } else { nil }
    }

    @Test func `a request that is repeated with its key at once prints one badge`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let jobs = try await withThrowingTaskGroup { group in
            for _ in 0..<32 {
                group.addTask { try await self.print(ada, on: "desk", key: "k", house)?.id }
            }
            return try await group.reduce(into: Set<PrintJobID?>()) { $0.insert($1) }
        }
        #expect(jobs.count == 1 && !jobs.contains(nil))
        #expect(try await house.front.printJobs(of: ada.attendee.id).count == 1)
        #expect(try await print(ada, on: "desk", key: "l", house)?.number == 2)
        #expect(try await print(ada, on: "desk", key: nil, house)?.number == 3)
        #expect(try await house.front.verify().isEmpty)
    }

    @Test func `only so many badges of one person are on their way at once`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        var jobs: [PrintJob] = []
        for number in 0..<FrontOfHouse.openBadgesLimit {
            jobs.append(try #require(try await print(ada, key: "\(number)", house)))
        }
        let outcome = try await house.front.printBadge(event: "day", reference: ada.attendee.reference)
        guard case .tooMany = outcome else {
            Issue.record("\(outcome)")
            return
        }
        // What was asked for before is answered as before.
        #expect(try await print(ada, key: "3", house)?.id == jobs[3].id)
        #expect(try await print(try await house.registered("Bob"), key: nil, house) != nil)
        _ = try await house.front.cancelPrintJob(jobs[0].id)
        #expect(try await print(ada, key: nil, house)?.number == jobs.count + 1)
    }

    @Test func `a key that was used for another request is refused`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let bob = try await house.registered("Bob")
        _ = try await print(ada, on: "desk", key: "k", house)
        for (person, printer) in [(ada, "back"), (ada, nil), (bob, "desk")] as [(RegisteredAttendee, String?)]
        {
            let outcome = try await house.front.printBadge(
                event: "day", reference: person.attendee.reference, printer: printer, idempotencyKey: "k")
            guard case .keyReused = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(try await house.front.printJobs(of: bob.attendee.id).isEmpty)
    }

    @Test func `a job is tried again on a printer that there is, and on no other`() async throws {
        let house = try await House()
        try await house.importDay()
        let ada = try await house.registered("Ada")
        let job = try #require(try await print(ada, on: "desk", key: nil, house))
        guard case .unknownPrinter = try await house.front.retryPrintJob(job.id, printer: "attic") else {
            Issue.record("the job went to the attic")
            return
        }
        #expect(try await house.front.printJob(job.id)?.printer == "desk")
        guard case .changed(let moved) = try await house.front.retryPrintJob(job.id, printer: "back") else {
            Issue.record("not moved")
            return
        }
        #expect(moved.printer == "back" && moved.state == .queued)
    }
}
