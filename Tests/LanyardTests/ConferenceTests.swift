import FoundationEssentials
import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct ConferenceTests {
    @Test func `one attendee from the form to the door, over a real printer`() async throws {
        let cups = try await PrivateCUPS()
        let printer = try await VirtualIPPPrinter(name: "badge1")
        try await cups.addQueue("badge1", to: printer)
        let here = try await Installation(
            cupsServer: cups.server, printers: "[[printer]]\nname = \"desk\"\nqueue = \"badge1\"")
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "reception").trimmed
        let daemon = try await here.serve()

        let person = try await here.registered("Ada Lovelace", token: token)
        let asked = try await here.request(
            "POST", "/api/v1/events/day/attendees/\(person.reference)/badges", json: "{}", token: token)
        #expect(asked?.status == 202)
        let sheet = try await eventually("the badge came out", withinSeconds: 40) { try printer.sheets.first }

        let code = try await qrCode(on: sheet.path, in: here.folder)
        #expect(code == (person.code ?? "") + ".1")
        #expect(try await here.scan(code) == ["ADMIT \(person.reference) Ada Lovelace"])
        let again = try await here.request(
            "POST", "/api/v1/events/day/check-ins",
            json: #"{"id":"scan-2","code":"\#(code)","point":"entrance"}"#, token: token)
        #expect(try again?.decoded(as: Verdict.self).verdict == "again")

        // Whoever has a badge gets no second one at the door.
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit() == .exited(0))
        #expect(try printer.sheets.count == 1)
        try await here.lanyard("verify")
    }

    private func qrCode(on pdf: String, in folder: TemporaryFolder) async throws -> String {
        try await Program.run(
            "pdftoppm", arguments: ["-r", "200", "-png", "-singlefile", pdf, folder.path("badge")])
        return try await Program.run("zbarimg", arguments: ["-q", "--raw", folder.path("badge.png")]).trimmed
    }
}
