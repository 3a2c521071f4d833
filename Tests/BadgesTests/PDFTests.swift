import Badges
import TestPeers
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PDFTests {
    @Test func `the QR code of a printed page is read back`() async throws {
        let folder = try TemporaryFolder()
        let pdf = try SampleBadges.template("conference-a6").pdf(of: SampleBadges.fields())
        let file = try folder.write(pdf, to: "badge.pdf")
        try await Program.run("pdftoppm", arguments: ["-r", "203", "-png", file, folder.path("page")])
        let read = try await Program.run(
            "zbarimg", arguments: ["--quiet", "--raw", "--nodbus", folder.path("page-1.png")])
        #expect(read == SampleBadges.code + "\n")
    }
}
