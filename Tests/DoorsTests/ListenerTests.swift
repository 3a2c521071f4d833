import Glibc
import TestPeers
import Testing

@testable import Doors

extension LiveTests {
    @Suite(.timeLimit(.minutes(1)))
    struct ListenerTests {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        func mode(_ path: String) -> UInt32? {
            var status = stat()
            return lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
        }

        @Test func `a Unix socket has the mode it is given and goes with the door`() async throws {
            let path = folder.path("mode")
            let doors = try openDoor(Desk(), at: .unix(path: path))
            #expect(mode(path) == 0o660)
            await doors.stop(within: 5_000)
            #expect(mode(path) == nil)
        }

        @Test func `a Unix socket that nobody listens on any more is replaced`() async throws {
            let path = folder.path("stale")
            let address = try SocketAddress.unix(path: path)
            do {
                let stale = Descriptor(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
                #expect(address.lend { bind(stale.number, $0, $1) } == 0)
            }
            #expect(mode(path) != nil)
            let doors = try openDoor(Desk(), at: .unix(path: path))
            let scanner = try Scanner(.unix(path: path))
            scanner.send("A\n")
            #expect(scanner.line() == admitted("A"))
            await doors.stop(within: 5_000)
        }

        @Test func `a Unix socket that somebody listens on is left alone`() async throws {
            let path = folder.path("busy")
            let doors = try openDoor(Desk(), at: .unix(path: path))
            let error = #expect(throws: ListenError.self) { try openDoor(Desk(), at: .unix(path: path)) }
            #expect(error?.description.contains("Another program listens there") == true)
            let scanner = try Scanner(.unix(path: path))
            scanner.send("A\n")
            #expect(scanner.line() == admitted("A"))
            await doors.stop(within: 5_000)
        }

        @Test func `a file that is no socket is never removed`() throws {
            let path = folder.path("file")
            let file = Descriptor(open(path, O_CREAT | O_WRONLY, 0o600))
            #expect(file.number >= 0)
            #expect(throws: ListenError.self) { try openDoor(Desk(), at: .unix(path: path)) }
            #expect(mode(path) == 0o600)
        }

        @Test func `what can't be listened on is said in plain words`() async throws {
            let doors = try openDoor(Desk())
            let taken = #expect(throws: ListenError.self) { try openDoor(Desk(), at: doors.addresses[0]) }
            #expect(taken?.description.contains("for the door north: Address already in use. ") == true)
            let long = DoorAddress.unix(path: "/tmp/" + String(repeating: "x", count: 103))
            #expect(throws: ListenError.self) { try openDoor(Desk(), at: long) }
            #expect(throws: ListenError.self) { try openDoor(Desk(), at: .unix(path: "/nowhere/at/all")) }
            #expect(throws: ListenError.self) { try openDoor(Desk(), at: .tcp(host: "192.0.2.1", port: 0)) }
            #expect(throws: ListenError.self) { try openDoor(Desk(), at: .tcp(host: "no host", port: 0)) }
            #expect(throws: ListenError.self) { try openDoor(Desk(), at: .descriptor(9_999)) }
            await doors.stop(within: 5_000)
        }

        @Test func `a socket that listens already can be passed`() async throws {
            let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            let address = try SocketAddress.tcp(host: "127.0.0.1", port: 0)
            #expect(address.lend { bind(number, $0, $1) } == 0 && listen(number, 8) == 0)
            let doors = try openDoor(Desk(), at: .descriptor(number))
            let scanner = try Scanner(doors.addresses[0])
            scanner.send("A\n")
            #expect(scanner.line() == admitted("A"))
            await doors.stop(within: 5_000)
        }

        @Test func `an IPv4 address is itself also where it comes in over IPv6`() async throws {
            let doors = try openDoor(Desk(), at: .tcp(host: "::", port: 0), allows: { $0 == "127.0.0.1" })
            guard case .tcp(_, let port) = doors.addresses[0] else { return }
            let scanner = try Scanner(.tcp(host: "127.0.0.1", port: port))
            scanner.send("A\n")
            #expect(scanner.line() == admitted("A"))
            #expect(
                try Scanner(.tcp(host: "::1", port: port)).line()?.hasPrefix("ERROR not-allowed ") == true)
            await doors.stop(within: 5_000)
        }

        @Test(arguments: [
            ("127.0.0.1:4001", DoorAddress.tcp(host: "127.0.0.1", port: 4001)),
            ("[::1]:0", .tcp(host: "::1", port: 0)), ("unix:/run/north", .unix(path: "/run/north")),
            ("localhost:65535", .tcp(host: "localhost", port: 65_535)),
        ])
        func `an address is read as it is written`(text: String, address: DoorAddress) {
            #expect(DoorAddress(text) == address)
            #expect(address.description == text)
        }

        @Test(arguments: ["", "4001", ":4001", "::1:4001", "[]:1", "host:", "host:65536", "host:-1", "unix:"])
        func `what is no address is not read as one`(text: String) {
            #expect(DoorAddress(text) == nil)
        }
    }
}
