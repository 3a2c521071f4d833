import FoundationEssentials
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct NeedsPurgeTests {
    @Test func `the daemon deletes needs whose time came while it was down, from the file as well`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        var daemon = try await here.serve()
        let json = #"{"name":"Ada","email":"ada@example.org","access_needs":"NEEDS-A-RAMP"}"#
        let made = try #require(
            try await here.request("POST", "/api/v1/events/day/registrations", json: json, token: token))
        #expect(made.status == 201)
        let path = "/api/v1/events/day/attendees/\(try made.decoded(as: Registered.self).reference)"
        #expect(try await here.request("GET", path, token: token)?.text.contains("NEEDS-A-RAMP") == true)
        await daemon.stop()
        #expect(try contents(here).contains("NEEDS-A-RAMP"))
        try await here.lanyard("event", "import", here.folder.path("day.toml"), "--day", "2024-12-04")
        daemon = try await here.serve()
        try await eventually("deleted", withinSeconds: 20) {
            daemon.errorOutput.contains("Access and dietary needs were deleted")
        }
        #expect(try await here.request("GET", path, token: token)?.text.contains("NEEDS-A-RAMP") == false)
        #expect(try !contents(here).contains("NEEDS-A-RAMP"))
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
