import Glibc
import Testing

@testable import Doors

extension LiveTests {
    @Suite(.timeLimit(.minutes(1)))
    struct HostileClientTests {
        /// Whether a good scan is answered now, on a connection of its own.
        func works(_ doors: OpenDoors) throws -> Bool {
            let scanner = try Scanner(doors.addresses[0])
            scanner.send("GOOD\r\n")
            return scanner.line() == admitted("GOOD")
        }

        @Test func `nonsense is refused line by line and the same connection goes on`() async throws {
            let doors = try openDoor(Desk())
            let scanner = try Scanner(doors.addresses[0])
            scanner.send([UInt8](repeating: 0x41, count: 1 << 20) + [0x0A])
            #expect(scanner.line()?.hasPrefix("ERROR line-too-long ") == true)
            scanner.send([0xFF, 0xFE, 0x41, 0x00, 0x0D])
            #expect(scanner.line()?.hasPrefix("ERROR not-text ") == true)
            scanner.send("GET / HTTP/1.1\r\n\r\n")
            #expect(scanner.line() == admitted("GET / HTTP/1.1"))
            for byte in Array("GOOD\r\n".utf8) { scanner.send([byte]) }
            #expect(scanner.line() == admitted("GOOD"))
            await doors.stop(within: 5_000)
        }

        @Test func `random bytes never end the connection or the door`() async throws {
            let doors = try openDoor(Desk())
            var random = SystemRandomNumberGenerator()
            for _ in 0..<20 {
                let scanner = try Scanner(doors.addresses[0])
                scanner.send((0..<2_000).map { _ in UInt8.random(in: 0...255, using: &random) })
                scanner.send("\nLAST\n")
                scanner.endSending()
                #expect(scanner.lines(.max).last == admitted("LAST"))
            }
            #expect(try works(doors))
            await doors.stop(within: 5_000)
        }

        @Test func `ten thousand connections one after another leave nothing behind`() async throws {
            let doors = try openDoor(Desk())
            for number in 0..<10_000 {
                let scanner = try Scanner(doors.addresses[0])
                switch number % 4 {
                case 0: scanner.send("HALF A LI")
                case 1: scanner.send("ONE\n")
                case 2: scanner.willReset()
                default: break
                }
            }
            #expect(await comesTrue { doors.openConnections == 0 })
            #expect(try works(doors))
            await doors.stop(within: 5_000)
        }

        @Test func `a door takes as many connections as it says and tells the next one`() async throws {
            let doors = try openDoor(Desk(), connections: 256)
            var scanners: [Scanner] = []
            for _ in 0..<256 { scanners.append(try Scanner(doors.addresses[0])) }
            let last = try Scanner(doors.addresses[0])
            #expect(
                last.line() == "ERROR too-many-connections This door takes 256 connections at once")
            #expect(last.isClosed())
            for (number, scanner) in scanners.enumerated() { scanner.send("\(number)\n") }
            for (number, scanner) in scanners.enumerated() {
                #expect(scanner.line() == admitted("\(number)"))
            }
            scanners.removeFirst()
            #expect(await comesTrue { doors.openConnections == 255 })
            #expect(try works(doors))
            await doors.stop(within: 5_000)
        }

        @Test func `a reset while answers are under way hurts nobody else`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            do {
                let scanner = try Scanner(doors.addresses[0])
                scanner.send("A\nB\n")
                #expect(await comesTrue { desk.scans.count == 2 })
                scanner.willReset()
            }
            desk.release()
            #expect(await comesTrue { doors.openConnections == 0 })
            #expect(try works(doors))
            await doors.stop(within: 5_000)
        }

        @Test(arguments: [
            DoorAddress.tcp(host: "127.0.0.1", port: 0), .unix(path: "/tmp/lanyard-doors-\(getpid())-gone"),
        ])
        func `a client that sends and goes at once has its scans counted`(address: DoorAddress) async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk, at: address)
            do {
                let scanner = try Scanner(doors.addresses[0])
                scanner.send((0..<1_000).map { "\($0)\n" }.joined())
            }
            #expect(await comesTrue { desk.scans.count >= Connection.unansweredLimit })
            desk.release()
            #expect(await comesTrue { doors.openConnections == 0 })
            // TCP resets a connection whose answers nobody takes, and what was not read then is lost with it.
            if case .unix = address { #expect(desk.scans.count == 1_000) }
            #expect(try works(doors))
            await doors.stop(within: 5_000)
        }

        /// Sends lines until the door has taken none for fifty tries; says how many bytes it took.
        func flood(_ scanner: Scanner) async -> Int {
            let line = Array((String(repeating: "x", count: 200) + "\n").utf8)
            let block = Array(repeatElement(line, count: 1_000).joined())
            var (total, refusals) = (0, 0)
            let isStuck = await comesTrue {
                let taken = scanner.sendWithoutWaiting(block)
                total += taken
                refusals = taken == 0 ? refusals + 1 : 0
                return refusals == 50 || total > 64 << 20
            }
            return isStuck ? total : .max
        }

        @Test func `a client that never reads is not read from without end`() async throws {
            let doors = try openDoor(Desk())
            let scanner = try Scanner(doors.addresses[0], receiveBuffer: 4_096)
            #expect(await flood(scanner) < 32 << 20)
            #expect(try works(doors))
            await doors.stop(within: 0)
        }

        @Test func `a client that leaves its answers unread for too long is closed`() async throws {
            let doors = try openDoor(Desk(), stallMilliseconds: 100)
            let scanner = try Scanner(doors.addresses[0], receiveBuffer: 4_096)
            #expect(await flood(scanner) < 32 << 20)
            #expect(await comesTrue { doors.openConnections == 0 })
            #expect(try works(doors))
            await doors.stop(within: 5_000)
        }

        @Test func `one connection has only so many scans waiting`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk, endAfterMilliseconds: 50)
            let scanner = try Scanner(doors.addresses[0])
            let line = String(repeating: "x", count: 100)
            scanner.send((0..<400).map { "\($0) \(line)\n" }.joined())
            #expect(await comesTrue { desk.scans.count >= Connection.unansweredLimit })
            // Half lines of another connection end meanwhile; the one that is not read from must not.
            let other = try Scanner(doors.addresses[0])
            for _ in 0..<3 {
                other.send("\u{1}")
                #expect(other.line()?.hasPrefix("ERROR not-text ") == true)
            }
            #expect(desk.scans.count < Connection.unansweredLimit + 100)
            desk.release()
            #expect(scanner.lines(400).last == admitted("399 \(line)"))
            await doors.stop(within: 5_000)
        }

        @Test func `a client that reads late gets every answer`() async throws {
            let doors = try openDoor(Desk())
            let scanner = try Scanner(doors.addresses[0], receiveBuffer: 4_096)
            let count = 20_000
            var rest = (0..<count).map { "\($0) \(String(repeating: "x", count: 100))\n" }.joined().utf8[...]
            var lines: [String] = []
            while !rest.isEmpty {
                let taken = scanner.sendWithoutWaiting(Array(rest.prefix(1 << 16)))
                rest = rest.dropFirst(taken)
                if taken == 0 { lines += scanner.lines(100) }
            }
            lines += scanner.lines(count - lines.count)
            #expect(lines.count == count)
            #expect(lines.last?.hasPrefix(admitted("\(count - 1) ")) == true)
            await doors.stop(within: 5_000)
        }

        @Test func `scans beyond what may wait are left with their senders, not refused`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let scanners = try (0..<40).map { _ in try Scanner(doors.addresses[0]) }
            let lines = (0..<500).map { "\($0)\n" }.joined()
            for scanner in scanners { scanner.send(lines) }
            #expect(await comesTrue { desk.scans.count >= DoorLoop.askedLimit })
            #expect(desk.scans.count < DoorLoop.askedLimit + 4_096)
            desk.release()
            for scanner in scanners { #expect(scanner.lines(500) == (0..<500).map { admitted("\($0)") }) }
            await doors.stop(within: 5_000)
        }
    }
}
