import Badges
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CertificateTests {
    static func fields(
        _ name: String = "Ada Lovelace", sessions: [String] = ["11:15 to 12:30 Active Medicine"]
    )
        -> CertificateFields
    {
        var fields = CertificateFields(
            name: name, event: "Active Connections: Embedding Physical Activity into Health",
            venue: "Hertfordshire", dates: "Wednesday 4 December 2024", reference: "K7QX2M4P",
            verification: "K7QX2M4P-4HTM-9XQ2-B7RC", address: "events.example.org/verify",
            qr: "https://events.example.org/verify/K7QX2M4P-4HTM-9XQ2-B7RC")
        fields.organisation = "University of Hertfordshire"
        fields.contact = "desk@example.org"
        fields.sessions = sessions
        return fields
    }

    static func shipped() throws -> CertificateTemplate {
        try CertificateTemplate(file: "\(SampleBadges.folder)/\(CertificateTemplate.fileName).svg")
    }

    @Test func `the certificate that ships says all that it is given, on one page of A4`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(try Self.shipped().pdf(of: Self.fields()), to: "c.pdf")
        try await Program.run("qpdf", arguments: ["--check", file])
        let text = try await Program.run("pdftotext", arguments: ["-layout", file, "-"])
        for words in [
            "CERTIFICATE OF ATTENDANCE", "Ada Lovelace", "University of Hertfordshire", "took part in",
            "Active Connections: Embedding", "Wednesday 4 December 2024", "Questions: desk@example.org",
            "Sessions attended: 1", "11:15 to 12:30 Active Medicine", "K7QX2M4P-4HTM-9XQ2-B7RC",
            "Check it at events.example.org/verify",
        ] { #expect(text.contains(words), "\(words)") }
        let info = try await Program.run("pdfinfo", arguments: [file])
        #expect(info.contains("Pages:           1") && info.contains("A4"))
    }

    @Test func `without sessions their heading is left out`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(try Self.shipped().pdf(of: Self.fields(sessions: [])), to: "c.pdf")
        let text = try await Program.run("pdftotext", arguments: [file, "-"])
        #expect(text.contains("Ada Lovelace") && !text.contains("Sessions attended"))
    }

    @Test func `the QR code opens the page that says whether the certificate is genuine`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(try Self.shipped().png(of: Self.fields(), dotsPerInch: 150), to: "c.png")
        let read = try await Program.run("zbarimg", arguments: ["-q", "--raw", file])
        #expect(read.contains("https://events.example.org/verify/K7QX2M4P-4HTM-9XQ2-B7RC"))
    }

    @Test func `long names and many sessions stay inside their boxes`() async throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "Wolfeschlegelsteinhausen ", count: 4) + "Bergerdorff"
        let sessions = (1...40).map { "09:00 to 09:15 Session \($0) with a title that goes on and on and on" }
        let file = try folder.write(
            try Self.shipped().pdf(of: Self.fields(name, sessions: sessions)), to: "c.pdf")
        let text = try await Program.run("pdftotext", arguments: [file, "-"])
        #expect(text.contains("Bergerdorff") && text.contains("Session 6") && text.contains("+34"))
    }

    static let good = """
        <svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="60mm" viewBox="0 0 100 60">
        <text x="5" y="10" font-size="6" data-width="60">{{name}}</text>
        <text x="5" y="30" font-size="6" data-width="60">{{verification}}</text>
        </svg>
        """

    @Test func `a mistake is told with file, line and reason`() throws {
        _ = try CertificateTemplate(svg: Array(Self.good.utf8), file: "certificate-x.svg")
        let wrong = Self.good.replacing("{{verification}}", with: "{{verify}}")
        let mistakes = #expect(throws: TemplateMistakes.self) {
            try CertificateTemplate(svg: Array(wrong.utf8), file: "certificate-x.svg")
        }
        #expect(mistakes?.all.first?.line == 3)
        #expect(mistakes?.description.contains("certificate-x.svg:3: Unknown placeholder {{verify}}") == true)
        #expect(mistakes?.description.contains("dates") == true)
    }

    @Test func `a badge can't have what only certificates have`() {
        let badge = ChangedTemplate.good.replacing("{{name}}", with: "{{verification}}")
        #expect(ChangedTemplate.mistakes(in: badge).first?.line == 2)
    }
}
