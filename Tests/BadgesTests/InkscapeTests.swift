import Badges
import TestPeers
import Testing

/// What Inkscape 1.2 writes: layers with transforms, properties in `style`, a `<tspan>` for each line, its own notes.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct InkscapeTests {
    static let file = """
        <?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <!-- Created with Inkscape (http://www.inkscape.org/) -->

        <svg
           width="100mm"
           height="60mm"
           viewBox="0 0 100 60"
           version="1.1"
           id="svg5"
           inkscape:version="1.2.2 (b0a8486541, 2022-12-01)"
           sodipodi:docname="badge.svg"
           xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
           xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
           xmlns="http://www.w3.org/2000/svg"
           xmlns:svg="http://www.w3.org/2000/svg">
          <sodipodi:namedview
             id="namedview7"
             pagecolor="#ffffff"
             inkscape:document-units="mm"
             showgrid="false" />
          <defs
             id="defs2" />
          <g
             inkscape:label="Layer 1"
             inkscape:groupmode="layer"
             id="layer1"
             transform="translate(-10,-20)">
            <rect
               style="fill:#e0f0f0;stroke:none;stroke-width:0.264583"
               id="rect111"
               width="100"
               height="12"
               x="10"
               y="20" />
            <text
               xml:space="preserve"
               style="font-style:normal;font-variant:normal;font-weight:bold;font-stretch:normal;font-size:8px;line-height:1.25;font-family:'Noto Sans';-inkscape-font-specification:'Noto Sans Bold';text-align:start;text-anchor:start;fill:#0e2329;fill-opacity:1;stroke:none;stroke-width:0.264583"
               x="15"
               y="50"
               id="text113"
               data-width="55"><tspan
                 sodipodi:role="line"
                 id="tspan111"
                 style="stroke-width:0.264583"
                 x="15"
                 y="50">{{name}}</tspan></text>
            <text
               xml:space="preserve"
               style="font-size:5px;font-family:'Noto Sans';fill:#000000"
               x="15"
               y="28"
               id="text115"><tspan
                 sodipodi:role="line"
                 id="tspan115"
                 x="15"
                 y="28">Summit &amp; Fair</tspan></text>
            <rect
               style="fill:none;stroke:#000000;stroke-width:0.1"
               id="qr"
               width="25"
               height="25"
               x="80"
               y="45"
               inkscape:label="code" />
          </g>
        </svg>
        """

    @Test func `a file as Inkscape saves it is printed as drawn`() async throws {
        let template = try BadgeTemplate(svg: Array(InkscapeTests.file.utf8), file: "inkscape.svg")
        let pdf = try template.pdf(of: BadgeFields(name: "HHH", qr: "A"))
        let text = try await PDFText.of(pdf)
        #expect(text.contains("HHH") && text.contains("Summit & Fair"))
        let page = try await Raster(pdf: pdf, dotsPerInch: 254)
        // Capitals of 8 mm type stand on their baseline at y = 50 − 20, from x = 15 − 10 on.
        #expect(
            page.grey(x: 60, y: 298) < 80 && page.grey(x: 60, y: 303) == 255
                && page.grey(x: 48, y: 290) == 255)
        // The band, the quiet zone and the code's first finder, which is 7 of 29 modules.
        #expect(page.grey(x: 900, y: 20) > 220 && page.grey(x: 900, y: 20) < 250)
        #expect(page.grey(x: 710, y: 260) == 255)
        let module = 250.0 / 29
        #expect(page.grey(x: Int(700 + 4.5 * module), y: Int(250 + 4.5 * module)) == 0)
    }

    @Test func `a layer that is hidden is not printed, nor what it would be filled with`() async throws {
        let hidden = """
            <g inkscape:groupmode="layer" id="layer2" style="display:none">
              <g transform="translate(5,5)">
                <text x="5" y="5" font-size="4" data-width="500">{{role}}</text>
                <text x="5" y="9" font-size="4">Draft</text>
              </g>
            </g>
            </svg>
            """
        let file = InkscapeTests.file.replacing("</svg>", with: hidden)
        let template = try BadgeTemplate(svg: Array(file.utf8), file: "inkscape.svg")
        let pdf = try template.pdf(of: BadgeFields(name: "HHH", role: "Speaker", qr: "A"))
        let text = try await PDFText.of(pdf)
        #expect(text.contains("HHH") && !text.contains("Speaker") && !text.contains("Draft"), "\(text)")
    }

    @Test func `a mistake is told with the line of its attribute, not of the tag's end`() {
        let text = InkscapeTests.file.replacing("data-width=\"55\"", with: "data-width=\"wide\"")
            .replacing("width=\"25\"", with: "width=\"25mm\"")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let expected = lines.indices.filter {
            lines[$0].contains("\"wide\"") || lines[$0].contains("\"25mm\"")
        }
        #expect(ChangedTemplate.mistakes(in: text).map(\.line) == expected.map { $0 + 1 })
    }
}
