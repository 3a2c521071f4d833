import Operations
import Testing

@testable import Doors

extension LiveTests {
    /// What busy connections may take from the others: nothing.
    @Suite(.timeLimit(.minutes(1)))
    struct FairnessTests {
        /// Scanners that send short lines without end of one read, until as many scans wait as may.
        func flood(_ doors: OpenDoors, _ desk: Desk, connections: Int = 32) async throws -> [Scanner] {
            let scanners = try (0..<connections).map { _ in try Scanner(doors.addresses[0]) }
            for scanner in scanners { scanner.send(String(repeating: "F\n", count: 4_000)) }
            try #require(await comesTrue { desk.scans.count >= DoorLoop.askedLimit })
            return scanners
        }

        @Test func `a single scan is asked at once while every other connection floods`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let open = try Scanner(doors.addresses[0])
            let flooding = try await flood(doors, desk)
            open.send("OPEN\n")
            let new = try Scanner(doors.addresses[0])
            new.send("NEW\n")
            #expect(await comesTrue { Set(desk.scans.map(\.text)).isSuperset(of: ["OPEN", "NEW"]) })
            // Beside them each flooding connection may have one more than there is room for.
            #expect(
                desk.scans.count
                    <= DoorLoop.askedLimit + Connection.unansweredLimit + flooding.count + 2)
            desk.release()
            #expect(open.line() == admitted("OPEN") && new.line() == admitted("NEW"))
            for scanner in flooding { #expect(scanner.lines(4_000).count == 4_000) }
            await doors.stop(within: 5_000)
        }

        @Test func `one read of many short lines asks no more than a connection's share`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let scanner = try Scanner(doors.addresses[0])
            scanner.send((0..<1_500).map { "\($0)\n" }.joined())
            #expect(await comesTrue { desk.scans.count >= Connection.unansweredLimit })
            let other = try Scanner(doors.addresses[0])
            other.send("\u{1}\n")
            #expect(other.line()?.hasPrefix("ERROR not-text ") == true)
            #expect(desk.scans.count == Connection.unansweredLimit)
            desk.release()
            #expect(scanner.lines(1_500) == (0..<1_500).map { admitted("\($0)") })
            await doors.stop(within: 5_000)
        }

        @Test func `room that becomes free goes to whoever waits longest`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let flooding = try await flood(doors, desk, connections: 16)
            var waiting: [Scanner] = []
            for name in ["A", "B", "C"] {
                let scanner = try Scanner(doors.addresses[0])
                scanner.send((0..<20).map { "\(name)\($0)\n" }.joined())
                #expect(await comesTrue { desk.scans.last?.text == "\(name)0" })
                waiting.append(scanner)
            }
            let before = desk.scans.count
            desk.release(40)
            #expect(await comesTrue { desk.scans.count >= before + 38 })
            let next = desk.scans[before...].map(\.text)
            let fromA = (1..<20).map { "A\($0)" }
            let fromB = (1..<20).map { "B\($0)" }
            #expect(next.prefix(38) == (fromA + fromB)[...])
            desk.release()
            for (name, scanner) in zip(["A", "B", "C"], waiting) {
                #expect(scanner.lines(20) == (0..<20).map { admitted("\(name)\($0)") })
            }
            for scanner in flooding { #expect(scanner.lines(4_000).count == 4_000) }
            await doors.stop(within: 5_000)
        }

        @Test func `what was read and not asked is dropped when the doors stop`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let scanner = try Scanner(doors.addresses[0])
            scanner.send((0..<1_500).map { "\($0)\n" }.joined())
            #expect(await comesTrue { desk.scans.count >= Connection.unansweredLimit })
            let stopped = Task { await doors.stop(within: 5_000) }
            #expect(await comesTrue { (try? Scanner(doors.addresses[0])) == nil })
            desk.release()
            let share = Connection.unansweredLimit
            #expect(scanner.lines(1_500) == (0..<share).map { admitted("\($0)") })
            await stopped.value
            #expect(desk.scans.count == share)
        }
    }
}
