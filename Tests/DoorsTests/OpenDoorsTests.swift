import Glibc
import Testing

@testable import Doors
@testable import Operations

extension LiveTests {
    @Suite(.timeLimit(.minutes(1)))
    struct OpenDoorsTests {
        @Test(arguments: [
            DoorAddress.tcp(host: "127.0.0.1", port: 0), .tcp(host: "::1", port: 0),
            .tcp(host: "localhost", port: 0), .unix(path: "/tmp/lanyard-doors-\(getpid())-answers"),
        ])
        func `a scan is asked with its door's point and answered`(address: DoorAddress) async throws {
            let desk = Desk()
            let doors = try openDoor(desk, at: address)
            let scanner = try Scanner(doors.addresses[0])
            scanner.send("]Q1ABC\r\n")
            #expect(scanner.line() == admitted("ABC"))
            #expect(desk.scans.map(\.point) == [PointAddress(event: "conference", point: "entrance")])
            #expect(desk.scans.map(\.door) == ["north"])
            await doors.stop(within: 5_000)
            #expect(scanner.isClosed())
        }

        @Test func `each door has its own point`() async throws {
            let desk = Desk()
            let free = DoorAddress.tcp(host: "127.0.0.1", port: 0)
            let doors = try OpenDoors(
                ["entrance", "workshop-1"].map {
                    Door(
                        name: "at-\($0)", event: "conference", point: $0, address: free, allows: { _ in true }
                    )
                }
            ) { desk.checkIn($0, $1) }
            for address in doors.addresses {
                let scanner = try Scanner(address)
                scanner.send("A\n")
                #expect(scanner.line() == admitted("A"))
            }
            #expect(desk.scans.map(\.point.point) == ["entrance", "workshop-1"])
            await doors.stop(within: 5_000)
        }

        @Test func `a scanner without a suffix is answered when it has been silent`() async throws {
            let doors = try openDoor(Desk(), endAfterMilliseconds: 50)
            let scanner = try Scanner(doors.addresses[0])
            for text in ["FIRST", "SECOND"] {
                scanner.send(text)
                #expect(scanner.line() == admitted(text))
            }
            scanner.send(String(repeating: "x", count: 600))
            #expect(scanner.line()?.hasPrefix("ERROR line-too-long ") == true)
            await doors.stop(within: 5_000)
        }

        @Test func `pipelined lines are answered in order, whatever the order of the answers`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let scanner = try Scanner(doors.addresses[0])
            scanner.send((0..<100).map { $0 % 5 == 3 ? "\u{1}\r\n" : "\($0)\r\n" }.joined())
            #expect(await comesTrue { desk.scans.count == 80 })
            desk.release { $0.shuffled() }
            let expected = (0..<100).map { $0 % 5 == 3 ? "ERROR" : admitted("\($0)") }
            #expect(scanner.lines(100).map { $0.hasPrefix("ERROR ") ? "ERROR" : $0 } == expected)
            await doors.stop(within: 5_000)
        }

        @Test func `a client that sends no more still gets its answers, also for its last half line`()
            async throws
        {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let scanner = try Scanner(doors.addresses[0])
            scanner.send("A\r\nB")
            scanner.endSending()
            #expect(await comesTrue { desk.scans.count == 2 })
            desk.release()
            #expect(scanner.lines(2) == [admitted("A"), admitted("B")])
            #expect(scanner.isClosed())
            await doors.stop(within: 5_000)
        }

        @Test func `stopping answers the scans that were taken and takes no more`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk, endAfterMilliseconds: 60_000)
            let scanner = try Scanner(doors.addresses[0])
            let idle = try Scanner(doors.addresses[0])
            scanner.send("A\r\nB\r\nC")
            #expect(await comesTrue { desk.scans.count == 2 })
            async let stopped: Void = doors.stop(within: 5_000)
            #expect(idle.isClosed())
            #expect(throws: ListenError.self) { try Scanner(doors.addresses[0]) }
            desk.release()
            #expect(scanner.lines(3) == [admitted("A"), admitted("B")])
            #expect(scanner.isClosed())
            await stopped
            #expect(doors.openConnections == 0)
        }

        @Test func `stopping waits no longer than it may`() async throws {
            let desk = Desk(isHolding: true)
            let doors = try openDoor(desk)
            let scanner = try Scanner(doors.addresses[0])
            scanner.send("A\r\n")
            #expect(await comesTrue { desk.scans.count == 1 })
            let start = ContinuousClock.now
            await doors.stop(within: 100)
            #expect(start.duration(to: .now) < .seconds(30))
            #expect(scanner.isClosed())
            desk.release()
        }

        @Test func `only the addresses that are allowed may connect, the others are told`() async throws {
            let doors = try openDoor(Desk(), allows: { $0 == "127.0.0.2" })
            let stranger = try Scanner(doors.addresses[0])
            #expect(stranger.line()?.hasPrefix("ERROR not-allowed ") == true)
            #expect(stranger.isClosed())
            #expect(doors.openConnections == 0)
            await doors.stop(within: 5_000)
        }
    }
}
