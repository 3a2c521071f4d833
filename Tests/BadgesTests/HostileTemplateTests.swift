import Badges
import FoundationEssentials
import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct HostileTemplateTests {
    /// What a template is refused with, and within what time: it may not hold up a start.
    private func refusal(of text: String) -> [TemplateMistake] {
        let clock = ContinuousClock()
        var mistakes: [TemplateMistake] = []
        let time = clock.measure { mistakes = ChangedTemplate.mistakes(in: text) }
        // Milliseconds, but on a machine that builds something else beside it.
        #expect(time < .seconds(5))
        return mistakes
    }

    private func with(_ element: String) -> String {
        ChangedTemplate.good.replacing("<rect", with: element + "<rect")
    }

    @Test func `entities that multiply are refused before they are counted`() {
        var entities = "<!ENTITY a0 \"lol\">"
        for level in 1...30 {
            entities += "<!ENTITY a\(level) \"\(String(repeating: "&a\(level - 1);", count: 10))\">"
        }
        let mistakes = refusal(
            of: "<!DOCTYPE svg [\(entities)]>\n" + ChangedTemplate.good.replacing("{{name}}", with: "&a30;"))
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.reason.contains("DOCTYPE") == true)
    }

    @Test(arguments: [
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">", "<!ENTITY % x SYSTEM \"http://example.org/\">",
        "<!ATTLIST rect fill CDATA \"red\">", "<!ELEMENT svg ANY>", "<!NOTATION n SYSTEM \"x\">",
    ])
    func `no declaration is taken`(declaration: String) {
        let mistakes = refusal(of: "<!DOCTYPE svg [\n\(declaration)]>\n" + ChangedTemplate.good)
        #expect(mistakes.map(\.line) == [2])
    }

    @Test func `the DOCTYPE that old editors write is harmless`() {
        let doctype =
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n"
        #expect(refusal(of: doctype + ChangedTemplate.good) == [])
    }

    @Test(arguments: [
        "<image href=\"/etc/hostname\" width=\"9\" height=\"9\"/>",
        "<image xlink:href=\"http://example.org/a.png\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"/>",
        "<use href=\"other.svg#a\"/>", "<circle r=\"1\" fill=\"url('other.svg#a')\"/>",
        "<circle r=\"1\" style=\"fill: URL( http://example.org/#a )\"/>",
        "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "<image href=\"data:image/png,abc\"/>",
        "<image href=\"data:image/png;base64,AAAA\"/>", "<g xml:base=\"http://example.org/\"/>",
        "<image href=\"file:///dev/zero\"/>",
    ])
    func `nothing outside the file is taken`(element: String) {
        let mistakes = refusal(of: with(element))
        #expect(mistakes.map(\.line) == [3], "\(mistakes)")
    }

    @Test func `a small picture that unpacks to a huge one is refused`() {
        var png: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
        ]
        png += [0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50, 1, 0, 0, 0, 0]
        let link = "data:image/png;base64," + Data(png).base64EncodedString()
        #expect(
            refusal(of: with("<image href=\"\(link)\"/>")).first?.reason.contains("50000 × 50000") == true)
    }

    @Test func `a style sheet instruction is refused`() {
        let mistakes = refusal(
            of: "<?xml-stylesheet href=\"http://example.org/a.css\"?>\n" + ChangedTemplate.good)
        #expect(mistakes.first?.reason.contains("style sheets") == true)
    }

    @Test func `deep nesting is refused`() {
        let depth = 60_000
        let mistakes = refusal(
            of: with(String(repeating: "<g>", count: depth) + String(repeating: "</g>", count: depth)))
        #expect(mistakes.count == 1)
    }

    @Test func `copies of copies of copies are refused`() {
        var defs = "<g id=\"u0\"><circle r=\"1\"/></g>"
        for level in 1...30 {
            defs += "<g id=\"u\(level)\"><use href=\"#u\(level - 1)\"/><use href=\"#u\(level - 1)\"/></g>"
        }
        #expect(
            refusal(of: with("<defs>\(defs)</defs><use href=\"#u30\"/>")).first?.reason.contains("20000")
                == true)
    }

    @Test(arguments: ["url", "URL", "Url"])
    func `patterns of patterns of patterns are refused, in whatever letters they are named`(name: String) {
        let place = "width=\"4\" height=\"4\""
        var defs = "<pattern id=\"p0\" \(place)><rect \(place)/></pattern>"
        for level in 1...30 {
            let rect = "<rect \(place) fill=\"\(name)( '#p\(level - 1)')\"/>"
            defs += "<pattern id=\"p\(level)\" \(place)>\(rect)\(rect)</pattern>"
        }
        let drawn = "<rect \(place) fill=\"\(name)(#p30)\"/>"
        #expect(refusal(of: with("<defs>\(defs)</defs>\(drawn)")).first?.reason.contains("20000") == true)
    }

    /// A PNG's beginning, as far as it says how large it is.
    private func picture(width: UInt8, height: UInt8) -> String {
        var png: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
        ]
        png += [0, 0, width, 0, 0, 0, height, 0, 1, 0, 0, 0, 0]
        return "<image href=\"data:image/png;base64,\(Data(png).base64EncodedString())\"/>"
    }

    @Test func `pictures that are large together are refused, however often each is drawn`() {
        // 4,096 × 4,096 pixels each.
        let large = picture(width: 16, height: 16)
        for pictures in [
            String(repeating: large, count: 4),
            "<g id=\"p\">\(large)</g>" + String(repeating: "<use href=\"#p\"/>", count: 3),
        ] {
            #expect(refusal(of: with(pictures)).first?.reason.contains("pixels of pictures") == true)
        }
        for pictures in [
            String(repeating: large, count: 3), String(repeating: picture(width: 1, height: 1), count: 100),
        ] {
            #expect(refusal(of: with(pictures)).isEmpty)
        }
    }

    @Test func `an outline that is drawn again and again is refused`() {
        let outline = "<path id=\"p\" d=\"M0 0\(String(repeating: "l1 1", count: 10_000))\"/>"
        let copies = String(repeating: "<use href=\"#p\"/>", count: 104)
        #expect(refusal(of: with(outline + copies)).first?.reason.contains("bytes of outlines") == true)
        #expect(
            refusal(of: with(outline + copies.replacing("<use href=\"#p\"/>", with: "", maxReplacements: 1)))
                .isEmpty)
    }

    @Test func `what contains itself is refused`() {
        #expect(
            refusal(of: with("<g id=\"a\"><use href=\"#a\"/></g>")).first?.reason.contains("20000") == true)
    }

    @Test func `a file at the limit is read, one byte more is refused`() throws {
        let room = BadgeTemplate.fileLimit - ChangedTemplate.good.utf8.count
        let full = ChangedTemplate.good + String(repeating: "\n", count: room)
        #expect(refusal(of: full) == [])
        #expect(refusal(of: full + "\n").first?.reason.contains("1024 KiB") == true)
    }

    @Test(
        arguments: [
            [], [0], [0xFF, 0xFE, 0x3C, 0x00], Array("<".utf8), Array("<svg".utf8), Array("\u{FEFF}".utf8),
            Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8) + [0xC3],
            Array("<svg a=\"\u{0}\"/>".utf8), Array("<a><!-- \u{80}".utf8) + [0x80, 0x80], [UInt8](0...255),
        ] as [[UInt8]])
    func `rubbish is refused in words`(bytes: [UInt8]) {
        let mistakes = ChangedTemplate.mistakes(in: bytes)
        #expect(!mistakes.isEmpty)
        #expect(mistakes.allSatisfy { !$0.reason.isEmpty })
    }

    @Test func `every beginning of a template is refused, and none of them harms`() {
        let bytes = Array(ChangedTemplate.good.utf8)
        for count in 0..<bytes.count {
            #expect(!ChangedTemplate.mistakes(in: Array(bytes[..<count])).isEmpty)
        }
    }

    @Test func `a pipe, a folder and what does not exist are refused at once`() throws {
        let folder = try TemporaryFolder()
        mkfifo(folder.path("pipe.svg"), 0o600)
        try folder.makeFolder("folder.svg")
        for name in ["pipe.svg", "folder.svg", "absent.svg"] {
            let mistakes = #expect(throws: TemplateMistakes.self) {
                try BadgeTemplate(file: folder.path(name))
            }
            #expect(mistakes?.all.count == 1)
            #expect(mistakes?.all.first?.line == nil)
        }
    }
}
