import TestPeers
import Testing

@testable import Badges

/// What becomes of a page whose drawing fails, as it does once in some thousand pages where FreeType fails.
@Suite(.timeLimit(.minutes(1)))
struct DrawingAgainTests {
    private let template: PageTemplate

    init() throws {
        let path = "\(SampleBadges.folder)/label-89x36.svg"
        template = try PageTemplate(svg: TemplateFile.read(path), file: path, purpose: .badge)
    }

    /// Draws a page that fails so often in that way, and answers with how many different tools it was tried.
    private func draw(failing count: Int, _ error: BadgeError = .drawing("no font")) throws -> Int {
        // Held on to, so that none made since can stand where one stood.
        var artworks: [Artwork] = []
        let page = Result {
            try template.withTools { tools throws(BadgeError) in
                artworks.append(tools.artwork)
                if artworks.count <= count { throw error }
                return [7]
            }
        }
        let tried = Set(artworks.map(ObjectIdentifier.init)).count
        #expect(tried == artworks.count)
        #expect(try page.get() == [7])
        return tried
    }

    @Test func `it is drawn again, each time with new tools`() throws {
        #expect(try draw(failing: 0) == 1)
        #expect(try draw(failing: 1) == 2)
        #expect(try draw(failing: PageTemplate.attempts - 1) == PageTemplate.attempts)
    }

    @Test func `what fails each time is told in the end`() throws {
        #expect(throws: BadgeError.drawing("no font")) { try draw(failing: PageTemplate.attempts) }
    }

    @Test func `what would be wrong again is told at once`() throws {
        #expect(throws: BadgeError.qrEmpty) { try draw(failing: 1, .qrEmpty) }
    }
}
