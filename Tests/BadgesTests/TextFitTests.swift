import TestPeers
import Testing

@testable import Badges

/// Names that have burst badges before.
enum DifficultNames {
    static let all = [
        "Bo", "Ada Lovelace", "Dr. Hussain Al-Zubaidi",
        "Alexandra Konstantina Papadopoulos-Featherstonehaugh of the Higher Meadows",
        String(repeating: "Donaudampfschiff", count: 8).prefix(120).description,
        String(repeating: "W", count: 120), String(repeating: "f", count: 120),
        String(repeating: "i ", count: 60),
        "محمد عبد الرحمن الخوارزمي", String(repeating: "عبد الرحمن ", count: 11),
        "أ\u{064E}\u{0651}ب\u{0650}\u{064D}",
        "王小明", String(repeating: "欧阳娜娜司马相如", count: 15), "やまだ たろう", "김민준", "שָׁלוֹם בֶּן־יִשְׂרָאֵל",
        "Nguyễn Thị Ánh Nguyệt", "Å\u{0304}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}",
        "Z\u{0338}\u{0322}\u{031B}\u{032F}a\u{0337}l\u{0334}g\u{0335}o"
            + String(repeating: "\u{0301}", count: 100),
        "प्रियंका चतुर्वेदी", "ปิยะพงษ์ ผิวอ่อน", "Zoë 🦊 O’Brien 👩‍👩‍👧‍👦", String(repeating: "👩‍👩‍👧‍👦", count: 120),
        String(repeating: "🏳️‍🌈", count: 30), "\u{202E}Ada\u{202C} Lovelace", "﷽﷽﷽", "𒐫𒈙⸻꧅", "ffiﬃ\u{00AD}ﬄ",
        "<script>alert(1)</script> &amp; {{role}}", "a\u{2028}b\tc\u{0}d\r\ne", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ",
    ]
}

@Suite(.takesTurns, .timeLimit(.minutes(3)))
struct TextFitTests {
    /// A page of 100 × 80 mm with nothing but one box from (20, 20) to (60, 50) and the QR code beside it.
    private func template(_ attributes: String, in place: String = "") throws -> BadgeTemplate {
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="80mm" viewBox="0 0 100 80">
            <g font-family="Noto Sans" \(place)><text \(attributes)>{{name}}</text></g>
            <rect id="qr" x="80" y="60" width="20" height="20"/>
            </svg>
            """
        return try BadgeTemplate(svg: Array(svg.utf8), file: "box.svg")
    }

    private func ink(of fields: BadgeFields, on template: BadgeTemplate) async throws -> [Double] {
        // 254 dots per inch are 10 a millimetre.
        let page = try await Raster(pdf: template.pdf(of: fields), dotsPerInch: 254)
        var left = 1000, top = 800, right = 0, bottom = 0
        for y in 0..<page.height {
            for x in 0..<page.width where page.grey(x: x, y: y) < 250 && !(x >= 799 && y >= 599) {
                (left, right) = (min(left, x), max(right, x + 1))
                (top, bottom) = (min(top, y), max(bottom, y + 1))
            }
        }
        return [left, top, right, bottom].map { Double($0) / 10 }
    }

    static let boxes = [
        "x=\"20\" y=\"30\" font-size=\"10\" data-width=\"40\" data-lines=\"3\" data-height=\"30\" data-smallest=\"4\"",
        "x=\"20\" y=\"47\" font-size=\"10\" data-width=\"40\" data-lines=\"2\" data-height=\"30\" data-smallest=\"5\" "
            + "data-grow=\"up\" data-wrap-below=\"8\" font-weight=\"bold\" font-style=\"italic\"",
        "x=\"40\" y=\"38.5\" font-size=\"10\" data-width=\"40\" data-lines=\"4\" data-height=\"30\" data-smallest=\"3\" "
            + "data-grow=\"both\" text-anchor=\"middle\"",
        "x=\"60\" y=\"30\" font-size=\"10\" data-width=\"40\" data-smallest=\"9\" text-anchor=\"end\" "
            + "style=\"letter-spacing:0.1em;text-transform:uppercase\"",
    ]

    @Test(arguments: boxes[1...2])
    func `no name reaches out of its box`(box: String) async throws {
        let template = try template(box)
        for name in DifficultNames.all {
            let ink = try await ink(of: SampleBadges.fields(name: name), on: template)
            // A dot is smeared over at most one more on each side.
            let isInside = ink[0] >= 19.9 && ink[1] >= 19.9 && ink[2] <= 60.1 && ink[3] <= 50.1
            #expect(isInside, "\(name) reaches from \(ink[0]), \(ink[1]) to \(ink[2]), \(ink[3]) mm")
            #expect(ink[2] > ink[0], "\(name) was not printed")
        }
    }

    @Test(arguments: boxes)
    func `no name is cut at the edge of its box`(box: String) throws {
        let field = try #require(template(box).fields.first)
        let typesetter = Typesetter()
        for name in DifficultNames.all {
            let fields = SampleBadges.fields(name: name)
            let fitted = TextFitter(field: field, typesetter: typesetter).fit(field.paragraphs(of: fields))
            #expect(fitted?.isInBox == true, "\(name)")
            #expect(fitted.map { $0.lines.count <= field.lines } == true, "\(name)")
        }
    }

    @Test func `a box that is moved, turned and scaled keeps its text`() async throws {
        let template = try template(
            "x=\"0\" y=\"0\" font-size=\"5\" data-width=\"15\" data-lines=\"6\" data-height=\"20\" data-smallest=\"2\"",
            in: "transform=\"translate(30 20) rotate(90) scale(2)\"")
        for name in DifficultNames.all {
            let ink = try await ink(of: SampleBadges.fields(name: name), on: template)
            let isInside = ink[0] >= 29.9 - 30 && ink[1] >= 19.9 && ink[2] <= 40.1 && ink[3] <= 50.1
            #expect(isInside, "\(name) reaches from \(ink[0]), \(ink[1]) to \(ink[2]), \(ink[3]) mm")
        }
    }

    @Test func `a short name is as large as drawn, a longer one smaller, then on two lines`() async throws {
        let template = try template(
            "x=\"20\" y=\"30\" font-size=\"10\" data-width=\"40\" data-lines=\"2\" data-height=\"30\" data-smallest=\"4\""
        )
        func height(_ name: String) async throws -> Double {
            let ink = try await ink(of: SampleBadges.fields(name: name), on: template)
            return ink[3] - ink[1]
        }
        let short = try await height("HHH")
        // The capitals of Noto Sans are 0.714 of its size high.
        #expect(abs(short - 7.14) < 0.2)
        let longer = try await height("HHHHHHHH")
        #expect(longer < short && longer > 4 * 0.714)
        let wrapped = try await height("HHHHHHHHHH HHHHHHHHHH")
        #expect(wrapped > longer + 4)
    }

    @Test func `a text longer than any badge is cut before it is set, and says so`() async throws {
        let template = try template(TextFitTests.boxes[0])
        // Pango's own ellipsis is not in the text: selecting it gives all that it stands for.
        for (count, isCut) in [(500, false), (501, true), (100_000, true)] {
            let name = String(repeating: "n", count: count)
            let text = try await PDFText.of(template.pdf(of: SampleBadges.fields(name: name)))
            #expect(text.contains("…") == isCut)
        }
    }
}
