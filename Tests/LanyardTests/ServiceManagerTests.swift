import FoundationEssentials
import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ServiceManagerTests {
    @Test func `the service manager hears when it is ready, that it is well, and when it stops`() async throws
    {
        let here = try await Installation()
        let manager = try NotifySocket(path: here.folder.path("notify"))
        let daemon = try await here.serve(environment: [
            "NOTIFY_SOCKET": here.folder.path("notify"), "WATCHDOG_USEC": "200000",
        ])
        #expect(try await manager.next() == "READY=1")
        for _ in 0..<3 { #expect(try await manager.next() == "WATCHDOG=1") }
        daemon.send(signal: SIGTERM)
        var last = try await manager.next()
        while last == "WATCHDOG=1" { last = try await manager.next() }
        #expect(last == "STOPPING=1")
        #expect(try await daemon.exit() == .exited(0))
    }

    @Test(.smallDisk(kibibytes: 4_096))
    func `while its disk takes nothing it is neither well nor fed, and room helps`() async throws {
        let here = try await Installation()
        let disk = try SmallDisk.path
        let settings = try here.folder.text(of: "lanyard.toml")
            .replacing(here.folder.path("lanyard.db"), with: disk + "/lanyard.db")
        try here.folder.write(settings, to: "lanyard.toml")
        let manager = try NotifySocket(path: here.folder.path("notify"))
        let daemon = try await here.serve(environment: [
            "NOTIFY_SOCKET": here.folder.path("notify"), "WATCHDOG_USEC": "200000",
        ])
        _ = try await Program.outcome(
            of: "dd", arguments: ["if=/dev/zero", "of=\(disk)/ballast", "bs=4096"])
        // The log's last page has room for some heartbeats more.
        let faults = { daemon.errorOutput.split(separator: "\n").count { $0.contains("is not fed") } }
        try await eventually("the disk is full", withinSeconds: 20) {
            // Whoever tells waits while nobody listens.
            manager.forgetWhatCame()
            return faults() > 0 ? true : nil
        }
        #expect(try await here.request("GET", "/healthz")?.status == 500)
        manager.forgetWhatCame()
        let before = faults()
        try await eventually("it goes on for some time", isTrue: { faults() > before + 2 })
        #expect(manager.forgetWhatCame() == 0)
        try FileManager.default.removeItem(atPath: disk + "/ballast")
        #expect(try await manager.next() == "WATCHDOG=1")
        #expect(try await here.request("GET", "/healthz")?.status == 200)
        await daemon.stop()
    }

    @Test func `it serves the sockets that it is passed, by their names`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let (pages, door) = (try FreePort.find(), try FreePort.find())
        let daemon = try RunningProgram(
            "systemd-socket-activate",
            arguments: [
                "--listen=127.0.0.1:\(pages)", "--listen=127.0.0.1:\(door)", "--fdname=http:door-north",
                try Installation.program, "serve", "--config", here.folder.path("lanyard.toml"),
            ])
        // The daemon is started by the first who comes.
        try await eventually(
            "the passed socket answers",
            isTrue: {
                try await onThread {
                    guard let wire = try? Wire(port: pages) else { return false }
                    try wire.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    return String(decoding: wire.receiveAll(), as: UTF8.self).contains("200")
                }
            })
        let answer = try await onThread {
            let wire = try Wire(port: door)
            try wire.send("nonsense\r\n")
            return wire.receive(until: "\r\n")
        }
        #expect(answer.hasPrefix("DENY unknown-code"))
        #expect(!FreePort.isTaken(here.doorPort) && !FreePort.isTaken(here.httpPort))
        await daemon.stop()
    }
}

/// The socket on which a service manager listens (sd_notify(3)).
private final class NotifySocket: Sendable {
    private let handle: Int32

    init(path: String) throws {
        handle = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let failed = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard failed == 0 else { throw ProgramFailure.notStarted("the notify socket", errno: errno) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(handle) }

    /// Takes the messages that have come, and answers how many there were.
    @discardableResult
    func forgetWhatCame() -> Int {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        var count = 0
        while recv(handle, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 { count += 1 }
        return count
    }

    /// The next message, waited for up to 20 s.
    func next() async throws -> String {
        let handle = handle
        return try await onThread {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = recv(handle, &buffer, buffer.count, 0)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
    }
}
