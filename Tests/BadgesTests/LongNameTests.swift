import TestPeers
import Testing

@testable import Badges

/// Names and organisations that are long, and those of people.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LongNameTests {
    /// A template's field as it is set, and the same text on one line.
    private func set(
        _ placeholder: TextField.Placeholder, of fields: BadgeFields, on name: String
    ) throws -> (fitted: FittedText, whole: TextLayout) {
        let template = try SampleBadges.template(name)
        let field = try #require(template.fields.first { $0.pieces == [.value(placeholder)] })
        let typesetter = Typesetter()
        let text = try #require(field.paragraphs(of: fields).first)
        let fitted = try #require(TextFitter(field: field, typesetter: typesetter).fit([text]))
        return (fitted, TextLayout(text, type: field.type, size: field.size, typesetter: typesetter))
    }

    /// Whether the lines are together as long as the text.
    private func isWhole(
        _ placeholder: TextField.Placeholder, of fields: BadgeFields, on name: String
    ) throws -> Bool {
        let (fitted, whole) = try set(placeholder, of: fields, on: name)
        let advance = fitted.lines.map { $0.layout.extents(ofLine: $0.index).width }.reduce(0, +)
        // A space at the end of each line may be left out; an ellipsis leaves out far more.
        let spaces = Double(fitted.lines.count) * fitted.field.size * 0.35
        return advance > whole.extents(ofLine: 0).width - spaces
    }

    @Test(arguments: [
        "Alexandra Konstantina Papadopoulos-Featherstone", "Wolfeschlegelsteinhausenbergerdorffvoralternwar",
    ])
    func `a name of 47 letters is whole on the small label`(name: String) throws {
        #expect(name.count == 47)
        #expect(try isWhole(.name, of: SampleBadges.fields(name: name), on: "label-89x36"))
    }

    @Test func `a long word of a name is made smaller on the small label, and not broken`() throws {
        let fields = SampleBadges.fields(name: "Wolfeschlegelsteinhausen Bergerdorffvoralternhof")
        #expect(try set(.name, of: fields, on: "label-89x36").fitted.lines.count == 2)
    }

    @Test func `an organisation that needs two lines of the small label has them`() throws {
        var fields = SampleBadges.fields()
        fields.organisation = "Hertfordshire County Council Public Health and Wellbeing"
        #expect(try isWhole(.organisation, of: fields, on: "label-89x36"))
    }

    @Test(arguments: [
        "Maximiliana Alexandra Konstantina Papadopoulos-Featherstonehaugh of the Higher Meadows and Lower Pastures "
            + "by the River L",
        String(repeating: "Donaudampfschiff", count: 8).prefix(120).description,
    ])
    func `the longest name is whole on the card`(name: String) throws {
        #expect(name.count == 120)
        #expect(try isWhole(.name, of: SampleBadges.fields(name: name), on: "conference-a6"))
    }

    @Test func `a name that is broken gets no hyphen that it has not`() async throws {
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="80mm" viewBox="0 0 100 80">
            <text font-family="Noto Sans" x="20" y="20" font-size="8" data-width="40" data-lines="2" data-smallest="8"
              style="line-height:1.5">{{name}}</text>
            <rect id="qr" x="80" y="60" width="20" height="20"/>
            </svg>
            """
        let template = try BadgeTemplate(svg: Array(svg.utf8), file: "box.svg")
        let name = String(repeating: "l", count: 25)
        let page = try await Raster(pdf: template.pdf(of: SampleBadges.fields(name: name)), dotsPerInch: 254)
        // 10 dots a millimetre: an l of the first line stands between 14 and 20 mm, a hyphen at about 18.
        for x in 190..<620 {
            let ink = (120..<210).filter { page.grey(x: x, y: $0) < 128 }
            #expect(ink.isEmpty || ink.count > 30, "\(x)")
        }
    }
}
