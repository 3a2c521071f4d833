import FoundationEssentials
import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

/// What whoever asks for their link again reads.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LinkLetterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The text of a letter with a link to somebody who cancelled, or did not.
    private func letter(cancels: Bool, isOpen: Bool = true) async throws -> (mail: ReadMail, text: String) {
        let office = try await PostOffice(.folder(folder.path))
        let person = try await office.person()
        if cancels {
            _ = try await office.front.cancel(event: "day", reference: person.reference, byStaff: true)
        }
        if !isOpen {
            var event = try #require(try await office.front.event("day"))
            event.registrationCloses = office.front.now
            _ = try await office.front.importEvent(event, sessions: office.sessions)
        }
        let message = try await office.message(of: try await office.write(.link, to: person))
        let path = folder.path("link.eml")
        try Data(message.bytes).write(to: URL(filePath: path))
        let mail = try ReadMail(path: path)
        return (mail, try await mail.ask("print(part('text/plain').get_content())"))
    }

    @Test func `whoever is registered gets the link`() async throws {
        let (_, text) = try await letter(cancels: false)
        #expect(text.contains("/e/day/me/") && !text.contains("cancelled"))
    }

    @Test func `whoever cancelled is told so, and where to register again while that is possible`()
        async throws
    {
        let (mail, text) = try await letter(cancels: true)
        #expect(
            text.contains("That registration is cancelled, so you have no place")
                && !text.contains("/e/day/me/"))
        #expect(text.contains("Register again:\nhttps://events.example.org/e/day/register\n"))
        #expect(!text.contains("Registration is not open"))
        let html = try await mail.ask("print(part('text/html').get_content())")
        #expect(html.contains("<a href=\"https://events.example.org/e/day/register\">"))
        let kinds = try await mail.ask("print(*[part.get_content_type() for part in message.walk()])")
        #expect(kinds == "multipart/alternative text/plain text/html\n")
    }

    @Test func `whoever cancelled is told whom to ask once registration has closed`() async throws {
        let (_, text) = try await letter(cancels: true, isOpen: false)
        #expect(
            text.contains("That registration is cancelled, so you have no place")
                && !text.contains("/register"))
        #expect(text.contains("Registration is not open at the moment."))
        #expect(text.contains("please write to desk@example.org."))
    }
}
