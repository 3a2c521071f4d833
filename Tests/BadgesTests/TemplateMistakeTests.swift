import Badges
import TestPeers
import Testing

/// A template of four lines in which one thing is changed.
struct ChangedTemplate: Sendable, CustomTestStringConvertible {
    static let good = """
        <svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="60mm" viewBox="0 0 100 60">
        <text x="5" y="10" font-size="6" data-width="60">{{name}}</text>
        <rect id="qr" x="70" y="5" width="25" height="25"/>
        </svg>
        """

    let from: String
    let to: String
    let line: Int
    let reason: String

    init(_ from: String, _ to: String, _ line: Int, _ reason: String) {
        (self.from, self.to, self.line, self.reason) = (from, to, line, reason)
    }

    var testDescription: String { "\(from) → \(to)" }
    var text: String { ChangedTemplate.good.replacing(from, with: to) }

    static func mistakes(in text: String) -> [TemplateMistake] {
        mistakes(in: Array(text.utf8))
    }

    static func mistakes(in bytes: [UInt8]) -> [TemplateMistake] {
        do {
            _ = try BadgeTemplate(svg: bytes, file: "test.svg")
            return []
        } catch {
            return error.all
        }
    }
}

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct TemplateMistakeTests {
    private static func hiddenCode(_ attribute: String) -> String {
        "<g \(attribute)>\n<rect id=\"qr\" x=\"70\" y=\"5\" width=\"25\" height=\"25\"/></g>"
    }

    @Test func `the template that the others are made of has no mistake`() {
        #expect(ChangedTemplate.mistakes(in: ChangedTemplate.good) == [])
    }

    static let changes: [ChangedTemplate] = [
        // The file
        .init("</text>", "</tex>", 2, "not well-formed XML"),
        .init("</svg>", "", 4, "not well-formed XML"),
        .init("<rect", "<rect &", 3, "not well-formed XML"),
        .init("<text", "<x:text", 2, "not well-formed XML"),
        .init("svg xmlns=\"http://www.w3.org/2000/svg\"", "svg", 1, "outermost element is not <svg"),
        // The page
        .init(" width=\"100mm\"", "", 1, "needs a width"),
        .init(" height=\"60mm\"", "", 1, "needs a height"),
        .init(" viewBox=\"0 0 100 60\"", "", 1, "needs a viewBox"),
        .init("100mm", "100", 1, "width “100”"),
        .init("100mm", "0x10mm", 1, "width “0x10mm”"),
        .init("60mm", "6000mm", 1, "from 10 to 1000 mm"),
        .init("0 0 100 60", "0 0 100", 1, "not four numbers"),
        .init("0 0 100 60", "0 0 100 nan", 1, "not four numbers"),
        .init("0 0 100 60", "0 0 100 -60", 1, "not four numbers"),
        .init("0 0 100 60", "0 0 100 70", 1, "proportions"),
        // The QR code
        .init("id=\"qr\"", "id=\"code\"", 1, "no <rect id=\"qr\">"),
        .init("<rect id=\"qr\"", "<image id=\"qr\"", 3, "not a <rect>"),
        .init("height=\"25\"", "height=\"24\"", 3, "not square"),
        .init("width=\"25\" height=\"25\"", "width=\"14.9\" height=\"14.9\"", 3, "14.9 mm wide"),
        .init("width=\"25\"", "width=\"a\"", 3, "width “a”"),
        .init("width=\"25\"", "", 3, "needs a width and a height"),
        .init("x=\"70\"", "x=\"80\"", 3, "past the edge"),
        .init("<rect ", "<rect transform=\"rotate(10\" ", 3, "transform"),
        .init("<rect ", "<rect transform=\"scale(1 0.5)\" ", 3, "not square"),
        .init("<rect ", "<rect display=\"none\" ", 3, "must be seen"),
        .init("<rect ", "<rect id=\"qr\" width=\"20\" height=\"20\"/><rect ", 3, "more than one"),
        // The text
        .init("{{name}}", "{{nmae}}", 2, "Unknown placeholder {{nmae}}"),
        .init("{{name}}", "{{name", 2, "has no “}}”"),
        .init("{{name}}", "{{sessions}} {{name}}", 2, "alone"),
        .init("{{name}}", "<tspan>{{name}}</tspan> of <tspan>{{role}}</tspan>", 2, "one piece"),
        .init(" data-width=\"60\"", "", 2, "needs data-width"),
        .init("data-width=\"60\"", "data-width=\"-1\"", 2, "data-width “-1”"),
        .init("data-width=\"60\"", "data-width=\"1e999\"", 2, "data-width “1e999”"),
        .init("data-width=\"60\"", "data-width=\"60\" data-lines=\"0\"", 2, "data-lines “0”"),
        .init("data-width=\"60\"", "data-width=\"60\" data-lines=\"51\"", 2, "data-lines “51”"),
        .init("data-width=\"60\"", "data-width=\"60\" data-smallest=\"7\"", 2, "data-smallest “7”"),
        .init("data-width=\"60\"", "data-width=\"60\" data-wrap-below=\"7\"", 2, "data-wrap-below “7”"),
        .init("data-width=\"60\"", "data-width=\"60\" data-height=\"3\"", 2, "data-height “3”"),
        .init("data-width=\"60\"", "data-width=\"60\" data-grow=\"left\"", 2, "data-grow “left”"),
        .init("data-width", "data-widht", 2, "Unknown attribute data-widht"),
        .init("data-width=\"60\"", "data-width=\"66\"", 2, "reaches into the QR code"),
        .init("data-width=\"60\"", "data-width=\"96\"", 2, "past the edge"),
        .init("y=\"10\"", "y=\"5\"", 2, "past the edge"),
        .init(" font-size=\"6\"", "", 2, "needs a font-size"),
        .init("font-size=\"6\"", "font-size=\"6pt\"", 2, "font-size “6pt”"),
        .init("font-size=\"6\"", "font-size=\"6\" font-weight=\"heavy\"", 2, "font-weight “heavy”"),
        .init("font-size=\"6\"", "font-size=\"6\" font-style=\"odd\"", 2, "font-style “odd”"),
        .init("font-size=\"6\"", "font-size=\"6\" fill=\"url(#g)\"", 2, "plain colour"),
        .init("font-size=\"6\"", "font-size=\"6\" fill=\"#12\"", 2, "plain colour"),
        .init("font-size=\"6\"", "font-size=\"6\" opacity=\"2\"", 2, "opacity “2”"),
        .init("font-size=\"6\"", "font-size=\"6\" text-anchor=\"left\"", 2, "text-anchor “left”"),
        .init("font-size=\"6\"", "font-size=\"6\" style=\"line-height:9px\"", 2, "line-height “9px”"),
        .init("font-size=\"6\"", "font-size=\"6\" stroke=\"red\"", 2, "stroke can't be had"),
        .init("font-size=\"6\"", "font-size=\"6\" dx=\"1 2\"", 2, "dx can't be had"),
        .init("x=\"5\"", "x=\"5 6 7\"", 2, "x “5 6 7”"),
        .init("<text ", "<text transform=\"skewX(20)\" ", 2, "stretched, slanted"),
        // What stands elsewhere
        .init("<rect", "<desc>{{name}}</desc><rect", 3, "in <desc>, not in a <text>"),
        .init("<rect", "<rect class=\"{{role}}\"", 3, "in the attribute class"),
        .init("<rect", "<g>{{role}}</g><rect", 3, "in <g>, not in a <text>"),
        .init("<rect", "<text data-width=\"3\">fixed</text><rect", 3, "only for a <text> with a placeholder"),
        .init(
            "<rect", "<defs><text font-size=\"2\" data-width=\"9\">{{role}}</text></defs><rect", 3, "<defs>"),
        // What points nowhere, or is no value
        .init("<rect", "<circle r=\"2\" fill=\"url(#nope)\"/><rect", 3, "points at “#nope”"),
        .init("<rect", "<circle r=\"2\" style=\"fill:url('#Nope') red\"/><rect", 3, "points at “#Nope”"),
        .init("<rect", "<use href=\"#nope\"/><rect", 3, "points at “#nope”"),
        .init("<rect", "<circle r=\"2\" fill=\"notacolour\"/><rect", 3, "fill “notacolour” is not a colour"),
        .init("<rect", "<circle r=\"2\" style=\"stroke:#12\"/><rect", 3, "stroke “#12” is not a colour"),
        .init("<rect", "<circle cx=\"abc\" r=\"2\"/><rect", 3, "cx “abc” is not a length"),
        .init("<rect", "<circle r=\"2 3\"/><rect", 3, "r “2 3” is not a length"),
        .init("font-size=\"6\"", "font-size=\"6\" font-family=\"No Such\"", 2, "“No Such” is not installed"),
        .init("<rect", "<text font-family=\"No Such\">Hall</text><rect", 3, "“No Such” is not installed"),
        // What is not printed
        .init(
            "<rect id=\"qr\" x=\"70\" y=\"5\" width=\"25\" height=\"25\"/>",
            hiddenCode("style=\"display:none\""), 4, "must be seen"),
        .init(
            "<rect id=\"qr\" x=\"70\" y=\"5\" width=\"25\" height=\"25\"/>", hiddenCode("opacity=\"0\""), 4,
            "must be seen"),
        .init("<rect", "<style>text { fill: red }</style><rect", 3, "Style sheets"),
        .init("<rect", "<script>1</script><rect", 3, "scripts"),
        .init("<rect", "<foreignObject/><rect", 3, "foreignObject"),
        .init("<rect", "<circle r=\"2\" style=\"filter:url(#blur)\"/><rect", 3, "coarse squares"),
    ]

    @Test(arguments: changes)
    func `a mistake is told with its line`(change: ChangedTemplate) {
        let mistakes = ChangedTemplate.mistakes(in: change.text)
        #expect(Set(mistakes.map(\.line)) == [change.line], "\(mistakes)")
        #expect(mistakes.contains { $0.reason.contains(change.reason) }, "\(mistakes)")
        #expect(mistakes.first?.file == "test.svg")
    }

    @Test(arguments: [
        "<defs><linearGradient id=\"Fade\" x1=\"0%\"><stop offset=\"0\" stop-color=\"transparent\"/></linearGradient></defs>"
            + "<rect width=\"9\" height=\"9mm\" rx=\"auto\" fill=\"url(#Fade) none\" stroke=\"currentColor\"/>",
        "<circle id=\"dot\" r=\"2\" fill=\"#11223344\" style=\"stroke:rgb(10%, 20%, 30%)\"/><use href=\"#dot\" x=\"-3\"/>",
        "<text x=\"1 2 3\" y=\"50\" fill=\"darkslategray\" font-family=\"No Such, 'Noto Sans'\">abc</text>",
        "<path d=\"M0 0h1\" font-family=\"No Such\"/><a href=\"#nowhere\"><circle r=\"1e-1\"/></a>",
        "<g style=\"display:none\"><text font-family=\"No Such\">old</text></g>",
    ])
    func `what is drawn as it says is no mistake`(artwork: String) {
        let text = ChangedTemplate.good.replacing("<rect", with: artwork + "<rect")
        #expect(ChangedTemplate.mistakes(in: text) == [])
    }

    @Test func `all mistakes of a file are told at once, in the order of their lines`() {
        let text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="60mm" viewBox="0 0 100">
              <text x="5" y="10"
                font-size="big"
                data-width="60"
                data-lines="many">{{nam}}</text>
              <rect id="qr" x="70" y="5" width="25" height="20"/>
              <rect width="3" height="3"
                fill="url(http://example.org/#x)"/>
            </svg>
            """
        let mistakes = ChangedTemplate.mistakes(in: text)
        #expect(mistakes.map(\.line) == [1, 1, 3, 5, 5, 6, 8], "\(mistakes)")
    }

    @Test func `a placeholder that stands on a line of its own is told with that line`() {
        let text = ChangedTemplate.good.replacing("{{name}}", with: "\n\n   {{x}}\n")
        #expect(ChangedTemplate.mistakes(in: text).map(\.line) == [4])
    }

    @Test func `lines are counted as editors do, in large files too`() {
        let filler = String(repeating: "<!-- x -->\n", count: 70_000)
        let text = ChangedTemplate.good.replacing("<text", with: filler + "<text").replacing(
            "{{name}}", with: "{{x}}")
        #expect(ChangedTemplate.mistakes(in: text).map(\.line) == [70_002])
    }

    @Test func `a mistake reads as compilers write theirs`() {
        let mistake = ChangedTemplate.mistakes(in: ChangedTemplate.good.replacing("{{name}}", with: "{{x}}"))[
            0]
        #expect(mistake.description.hasPrefix("test.svg:2: Unknown placeholder {{x}}"))
    }
}
