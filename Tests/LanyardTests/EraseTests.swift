import FoundationEssentials
import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct EraseTests {
    @Test func `the daemon overwrites what its file has of somebody erased, also after a crash in between`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        var daemon = try await here.serve()
        let json = #"{"name":"Zenobia of Palmyra","email":"zenobia@example.org"}"#
        let made = try #require(
            try await here.request("POST", "/api/v1/events/day/registrations", json: json, token: token))
        #expect(made.status == 201)
        #expect(try contents(here).contains("Zenobia of Palmyra"))
        let path = "/api/v1/events/day/attendees/\(try made.decoded(as: Registered.self).reference)"
        let erased = try #require(try await here.request("DELETE", path + "/personal-data", token: token))
        #expect(erased.status == 204 && erased.text.isEmpty)
        #expect(try await here.request("GET", path, token: token)?.status == 404)
        daemon.send(signal: SIGKILL)
        _ = try await daemon.exit()
        #expect(try contents(here).contains("Zenobia of Palmyra"))
        // While its doors are open nothing is overwritten.
        try await here.lanyard("event", "import", here.folder.path("day.toml"), "--day", "2024-12-04")
        daemon = try await here.serve()
        try await eventually("overwritten", withinSeconds: 20) {
            daemon.errorOutput.contains("What the file had of deleted data was overwritten")
        }
        let left = try contents(here)
        #expect(!left.contains("Zenobia") && !left.contains("zenobia"))
        #expect(try await here.lanyard("verify").isEmpty)
        await daemon.stop()
    }

    /// What stands in the database and its log, as far as it is ASCII.
    private func contents(_ here: Installation) throws -> String {
        ["", "-wal"].map { end in
            let data = FileManager.default.contents(atPath: here.folder.path("lanyard.db") + end) ?? Data()
            return String(decoding: data.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
        }.joined()
    }
}
