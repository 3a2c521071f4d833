import FoundationEssentials
import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct UploadTests {
    private static let mebibyte = 1 << 20

    /// Puts a file, of bytes that its number makes, and returns the status; nil if the daemon hung up.
    private func put(
        _ number: UInt8, bytes: Int, to here: Installation, token: String, stopsAfter: Int = .max
    ) async throws -> Int? {
        let port = here.httpPort
        return try await onThread {
            let wire = try Wire(port: port)
            let head = """
                PUT /api/v1/events/day/sessions/morning/files/\(number).pdf HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                Authorization: Bearer \(token)\r
                Content-Length: \(bytes)\r
                \r

                """
            try wire.send(head)
            let piece = [UInt8](repeating: number, count: UploadTests.mebibyte)
            for sent in stride(from: 0, to: min(bytes, stopsAfter), by: piece.count) {
                try wire.send(Array(piece.prefix(bytes - sent)))
            }
            return stopsAfter < bytes ? nil : Answer(wire.receiveAll())?.status
        }
    }

    /// What the process has held at most, in MiB (proc(5), VmHWM).
    private func peak(_ daemon: RunningProgram) throws -> Int {
        let process = try #require(daemon.processID)
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return try #require(line.flatMap { Int($0.filter(\.isNumber)) }) / 1_024
    }

    @Test func `four files of 50 MiB at once cost far less than they hold, and a copy has them`() async throws
    {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        let before = try peak(daemon)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number: UInt8 in 1...4 {
                group.addTask {
                    let status = try await put(
                        number, bytes: 50 * UploadTests.mebibyte, to: here, token: token)
                    #expect(status == 201)
                }
            }
            try await group.waitForAll()
        }
        // The database keeps up to 64 MiB of its pages at hand, whatever they hold.
        #expect(try peak(daemon) - before < 120)
        let copy = here.folder.path("copy.db")
        try await here.lanyard("backup", copy)
        await daemon.stop()
        let program = try Installation.program
        try await Program.run(program, arguments: ["verify", "--database", "sqlite:" + copy])
        let size = try FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int ?? 0
        #expect(size > 200 * UploadTests.mebibyte)
    }

    @Test func `after kill -9 a file that was answered is whole, and one half sent is not there`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        let half = Task {
            _ = try await put(
                1, bytes: 50 * UploadTests.mebibyte, to: here, token: token,
                stopsAfter: 20 * UploadTests.mebibyte)
        }
        #expect(try await put(2, bytes: 3_000_000, to: here, token: token) == 201)
        _ = await half.result
        await daemon.kill()
        try await here.lanyard("verify")
        let again = try await here.serve()
        let list = try #require(try await here.request("GET", "/api/v1/events/day/materials", token: token))
        #expect(list.text.contains("\"2.pdf\"") && !list.text.contains("\"1.pdf\""))
        let number = list.text.firstMatch(of: /"material": ?(\d+)/)?.1 ?? ""
        let file = try await here.request(
            "GET", "/api/v1/events/day/materials/\(number)/file", token: token)
        #expect(file?.body == [UInt8](repeating: 2, count: 3_000_000))
        #expect(file?.head.contains("Content-Length: 3000000") == true)
        await again.stop()
    }
}
