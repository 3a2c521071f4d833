import Registration
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RecentScansTests {
    private func keep(_ scan: Scan, in test: TestStore) async throws -> Int64 {
        try await test.store.write { try $0.keep(scan) }
    }

    private func repeated(by scan: Scan, in test: TestStore) async throws -> Int64? {
        try await test.store.write { try $0.findRepeated(by: scan)?.id }
    }

    private func stray(_ text: String, atMilliseconds: Int64, door: String = "north") -> Scan {
        Sample.scan(of: .stray(text), at: Sample.hour(12).adding(milliseconds: atMilliseconds), door: door)
    }

    @Test func `the same code at the same door is the same scan for three seconds`() async throws {
        let test = try await TestStore(isFilled: true)
        let first = try await keep(stray("X", atMilliseconds: 0), in: test)
        #expect(try await repeated(by: stray("X", atMilliseconds: 2_999), in: test) == first)
        #expect(try await repeated(by: stray("X", atMilliseconds: 3_000), in: test) == nil)
        #expect(try await repeated(by: stray("Y", atMilliseconds: 1), in: test) == nil)
        #expect(try await repeated(by: stray("X", atMilliseconds: 1, door: "south"), in: test) == nil)
    }

    @Test func `it is found however many others come between`() async throws {
        let test = try await TestStore(isFilled: true)
        for start: Int64 in stride(from: 0, to: 12_000, by: 700) {
            let first = try await keep(stray("X\(start)", atMilliseconds: start), in: test)
            for step: Int64 in 1...5 {
                _ = try await keep(stray("\(start)-\(step)", atMilliseconds: start + step), in: test)
            }
            if start >= 2_100 {
                let earlier = stray("X\(start - 2_100)", atMilliseconds: start + 899)
                #expect(try await repeated(by: earlier, in: test) != nil)
            }
            #expect(
                try await repeated(by: stray("X\(start)", atMilliseconds: start + 2_999), in: test) == first)
        }
    }

    @Test func `two points of one door, one after the other, do not hide each other`() async throws {
        let test = try await TestStore(isFilled: true)
        var there = stray("X", atMilliseconds: 100)
        there.point = PointID(rawValue: 2)
        let here = try await keep(stray("X", atMilliseconds: 0), in: test)
        let elsewhere = try await keep(there, in: test)
        #expect(try await repeated(by: stray("X", atMilliseconds: 200), in: test) == here)
        #expect(try await repeated(by: there, in: test) == elsewhere)
    }

    @Test func `closing and opening again forgets nothing`() async throws {
        let folder = try TemporaryFolder()
        let test = try await TestStore(folder: folder, isFilled: true)
        let attendee = Sample.scan(of: .attendee(Sample.ada, print: 1), at: Sample.hour(12))
        let kept = try await keep(attendee, in: test)
        let other = try await keep(stray("X", atMilliseconds: 1), in: test)
        await test.close()
        let again = try await TestStore(folder: folder)
        #expect(try await repeated(by: attendee, in: again) == kept)
        #expect(try await repeated(by: stray("X", atMilliseconds: 3_000), in: again) == other)
        #expect(try await repeated(by: stray("X", atMilliseconds: 3_001), in: again) == nil)
    }

    @Test func `after the clock was set back a scan repeats only what is less than three seconds away`()
        async throws
    {
        let test = try await TestStore(isFilled: true)
        let hour: Int64 = 3_600_000
        let late = try await keep(stray("X", atMilliseconds: hour), in: test)
        #expect(try await repeated(by: stray("X", atMilliseconds: hour - 2_999), in: test) == late)
        #expect(try await repeated(by: stray("X", atMilliseconds: hour - 3_000), in: test) == nil)
        let early = try await keep(stray("X", atMilliseconds: 0), in: test)
        #expect(early != late)
        for step: Int64 in 1...20 {
            _ = try await keep(stray("\(step)", atMilliseconds: step * 100), in: test)
        }
        #expect(try await repeated(by: stray("X", atMilliseconds: 2_500), in: test) == early)
        #expect(try await repeated(by: stray("X", atMilliseconds: 3_000), in: test) == nil)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test func `readings of a gate that was offline are judged by its clock and by ours`() async throws {
        let test = try await TestStore(isFilled: true)
        // Read at noon and handed in an hour later.
        var late = stray("X", atMilliseconds: 3_600_000)
        late.scanned = Sample.hour(12)
        let first = try await keep(late, in: test)
        for (scanned, received, isSame): (Int64, Int64, Bool) in [
            (2_999, 2_999, true), (3_000, 0, false), (-3_000, 0, false), (0, 3_000, false),
            (0, -3_000, false),
        ] {
            var next = stray("X", atMilliseconds: 3_600_000 + received)
            next.scanned = Sample.hour(12).adding(milliseconds: scanned)
            #expect(try await repeated(by: next, in: test) == (isSame ? first : nil))
        }
    }

    @Test func `what is remembered is dropped also after the clock was set back`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path("x.db"), mode: .create)
        try connection.execute(Schema.first)
        var recent = try RecentScans(connection)
        recent.note(stray("late", atMilliseconds: 3_600_000), number: 1)
        for step: Int64 in 0..<100 {
            recent.note(stray("\(step)", atMilliseconds: step * 1_000), number: step)
        }
        #expect(recent.candidate(for: stray("late", atMilliseconds: 0)) == nil)
        #expect(recent.candidate(for: stray("99", atMilliseconds: 0)) == 99)
    }

    @Test func `a scan that was taken back is no first one`() async throws {
        let test = try await TestStore(isFilled: true)
        await #expect(throws: Deliberate.self) {
            try await test.store.write { transaction in
                _ = try transaction.keep(stray("X", atMilliseconds: 0))
                throw Deliberate()
            }
        }
        #expect(try await repeated(by: stray("X", atMilliseconds: 1), in: test) == nil)
        // The number that it had is another scan's now.
        _ = try await keep(stray("Y", atMilliseconds: 2), in: test)
        #expect(try await repeated(by: stray("X", atMilliseconds: 3), in: test) == nil)
    }
}
