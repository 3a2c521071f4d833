import Badges
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct PDFTests {
    /// What zbarimg reads from a picture.
    static func read(_ picture: String) async throws -> String {
        let text = try await Program.run("zbarimg", arguments: ["--quiet", "--raw", "--nodbus", picture])
        return String(text.dropLast())
    }

    @Test(arguments: SampleBadges.shipped)
    func `the QR code of a printed page is read back`(name: String) async throws {
        let template = try SampleBadges.template(name)
        let folder = try TemporaryFolder()
        for text in [SampleBadges.code, SampleBadges.code + "23456", "BEGIN:VCARD é ☃"] {
            var fields = SampleBadges.fields()
            fields.qr = text
            let file = try folder.write(template.pdf(of: fields), to: "badge.pdf")
            try await Program.run(
                "pdftoppm", arguments: ["-r", "203", "-singlefile", "-png", file, folder.path("page")])
            #expect(try await PDFTests.read(folder.path("page.png")) == text)
        }
    }

    @Test(arguments: SampleBadges.shipped)
    func `the page is as large as the template, its fonts are embedded and its code has no pixels`(
        name: String
    ) async throws {
        let template = try SampleBadges.template(name)
        let folder = try TemporaryFolder()
        let pdf = try template.pdf(of: SampleBadges.fields())
        let file = try folder.write(pdf, to: "badge.pdf")

        let information = try await Program.run("pdfinfo", arguments: [file])
        let size = try #require(information.split(separator: "\n").first { $0.hasPrefix("Page size:") })
        let numbers = size.split(separator: " ").compactMap { Double($0) }
        #expect(abs(numbers[0] - template.widthMillimetres * 72 / 25.4) < 0.001)
        #expect(abs(numbers[1] - template.heightMillimetres * 72 / 25.4) < 0.001)
        #expect(information.contains("Pages:           1\n"))

        let fonts = try await Program.run("pdffonts", arguments: [file]).split(separator: "\n").dropFirst(2)
        #expect(!fonts.isEmpty)
        // Its last columns: emb, sub, uni, object.
        #expect(
            fonts.allSatisfy { $0.split(separator: " ").suffix(5).prefix(3) == ["yes", "yes", "yes"] },
            "\(fonts)")

        #expect(!String(decoding: pdf, as: UTF8.self).contains("/Subtype /Image"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "AT&T &amp; Söhne", "{{role}} {{nobody}}", "Ada “the first” O’Hara <b>",
        "%s%n\\u0041", "محمد", "王小明",
    ])
    func `a value is printed literally and can be selected`(value: String) async throws {
        var fields = SampleBadges.fields(name: value)
        fields.organisation = value
        let text = try await PDFText.of(SampleBadges.template("conference-a6").pdf(of: fields))
        #expect(text.replacing(" ", with: "").contains(value.replacing(" ", with: "")), "\(text)")
    }

    @Test func `empty fields leave nothing behind`() async throws {
        let svg = ChangedTemplate.good.replacing(
            "<rect",
            with: """
                <text x="5" y="30" font-size="3" data-width="60">{{role}} at {{organisation}}</text>
                <text x="5" y="40" font-size="3" data-width="60">Number {{reference}}!</text>
                <text x="5" y="50" font-size="3" data-width="60" data-lines="3">{{sessions}}</text><rect
                """)
        let template = try BadgeTemplate(svg: Array(svg.utf8), file: "test.svg")
        func text(_ fields: BadgeFields) async throws -> String {
            try await PDFText.of(template.pdf(of: fields))
        }
        var fields = BadgeFields(name: "Ada", qr: "1")
        #expect(try await text(fields) == "Ada")
        fields.role = "  \n"
        fields.sessions = ["", " "]
        #expect(try await text(fields) == "Ada")
        fields.role = "Speaker"
        #expect(try await text(fields) == "Ada Speaker")
        fields.organisation = "HSP"
        #expect(try await text(fields) == "Ada Speaker at HSP")
        fields.role = ""
        fields.reference = "K7QX2M4P"
        #expect(try await text(fields) == "Ada HSP Number K7QX2M4P!")
    }

    @Test func `each session has a line and its own ellipsis, and the rest is counted`() async throws {
        let svg = ChangedTemplate.good.replacing(
            "<rect",
            with: """
                <text x="5" y="30" font-size="4" data-width="40" data-lines="3">{{sessions}}</text><rect
                """)
        let template = try BadgeTemplate(svg: Array(svg.utf8), file: "test.svg")
        var fields = BadgeFields(name: "", qr: "1")
        fields.sessions = ["One", "Two which is far too long for its line", "Three"]
        let page = try await Raster(pdf: template.pdf(of: fields), dotsPerInch: 254)
        func inkedColumns(_ rows: Range<Int>) -> [Int] {
            (0..<690).filter { x in rows.contains { page.grey(x: x, y: $0) < 128 } }
        }
        // Baselines are at 30, 34.8 and 39.6 mm; the box ends at 45 mm.
        let lines = [265..<301, 313..<349, 361..<397].map(inkedColumns)
        #expect(lines.allSatisfy { !$0.isEmpty })
        #expect((lines[1].last ?? 0) > 400 && (lines[1].last ?? 0) <= 450)
        // The ellipsis ends the line at the height of full stops.
        #expect(inkedColumns(325..<335).last ?? 0 < (inkedColumns(343..<349).last ?? 0) - 20)
        fields.sessions = (1...500).map { "Number \($0)" }
        #expect(try await PDFText.of(template.pdf(of: fields)) == "Number 1 Number 2 +498")
    }

    @Test func `a long session goes on over lines that are left`() async throws {
        let svg = ChangedTemplate.good.replacing(
            "<rect",
            with: """
                <text x="5" y="30" font-size="4" data-width="40" data-lines="4">{{sessions}}</text><rect
                """)
        let template = try BadgeTemplate(svg: Array(svg.utf8), file: "test.svg")
        var fields = BadgeFields(name: "", qr: "1")
        fields.sessions = [
            "Two which is far too long for its line", "One", "Three is too long as well for it",
        ]
        let page = try await Raster(pdf: template.pdf(of: fields), dotsPerInch: 254)
        // Baselines are 4.8 mm apart from 30 mm on. The first long one takes the line that is left, the second
        // ends with an ellipsis.
        let ends = [265..<301, 313..<349, 361..<397, 409..<445].map { rows -> Int in
            (0..<690).filter { x in rows.contains { page.grey(x: x, y: $0) < 128 } }.max() ?? 0
        }
        #expect(ends[0] > 380 && ends[0] <= 450)
        #expect(ends[1] > 250 && ends[1] < 380)
        #expect(ends[2] > 80 && ends[2] < 150)
        #expect(ends[3] > 400 && ends[3] <= 450)
    }

    @Test func `what no QR code of the template can hold is refused`() throws {
        let template = try SampleBadges.template("label-89x36")
        var fields = SampleBadges.fields()
        fields.qr = ""
        #expect(throws: BadgeError.qrEmpty) { try template.pdf(of: fields) }
        for count in [512, 513, 5000] {
            fields.qr = String(repeating: "é", count: count / 2) + (count % 2 == 1 ? "x" : "")
            #expect(throws: BadgeError.qrTooLong(bytes: count)) { try template.pdf(of: fields) }
        }
    }

    @Test func `many threads print at once, each its own badge`() async throws {
        let template = try SampleBadges.template("conference-a6")
        let texts = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for number in 0..<64 {
                group.addTask {
                    (number, try template.pdf(of: SampleBadges.fields(name: "Person \(number)")))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts.count == 64)
        for (number, pdf) in texts where number % 8 == 0 {
            #expect(try await PDFText.of(pdf).contains("Person \(number) "))
        }
    }
}
