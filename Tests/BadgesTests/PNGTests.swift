import Badges
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct PNGTests {
    /// Width and height, which stand at byte 16 of a PNG file.
    private func size(of png: [UInt8]) -> [Int] {
        [16..<20, 20..<24].map { png[$0].reduce(0) { $0 << 8 | Int($1) } }
    }

    @Test(arguments: SampleBadges.shipped)
    func `a picture is as large as the page at its resolution, and its QR code is read back`(
        name: String
    ) async throws {
        let template = try SampleBadges.template(name)
        let folder = try TemporaryFolder()
        for (dots, asked) in [(300.0, nil), (203.0, 203.0), (600.0, 600.0)] {
            let fields = SampleBadges.fields()
            let png =
                try asked.map { try template.png(of: fields, dotsPerInch: $0) } ?? template.png(of: fields)
            let sides = [template.widthMillimetres, template.heightMillimetres]
            #expect(size(of: png) == sides.map { Int(($0 / 25.4 * dots).rounded()) })
            #expect(try await PDFTests.read(folder.write(png, to: "badge.png")) == SampleBadges.code)
        }
    }

    @Test func `a picture says its resolution where every program reads it`() async throws {
        let png = try SampleBadges.template("label-89x36").png(of: SampleBadges.fields(), dotsPerInch: 203)
        let chunk = Array("pHYs".utf8) + [0, 0, 0x1F, 0x38, 0, 0, 0x1F, 0x38, 1]
        #expect(png.indices.contains { png[$0...].starts(with: chunk) })
    }

    @Test(arguments: [3, 8])
    func `a code alone is a picture of whole pixels a module, and is read back`(modulePixels: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let picture = try QRPicture(SampleBadges.code, modulePixels: modulePixels)
        #expect(size(of: picture.png) == [picture.side, picture.side])
        #expect(picture.side == 33 * modulePixels)
        #expect(try await PDFTests.read(folder.write(picture.png, to: "code.png")) == SampleBadges.code)
        #expect(throws: BadgeError.qrEmpty) { try QRPicture("", modulePixels: 3) }
    }

    @Test func `a resolution at its limit is drawn, past it refused`() throws {
        let template = try SampleBadges.template("label-89x36")
        #expect(size(of: try template.png(of: SampleBadges.fields(), dotsPerInch: 36)) == [126, 51])
        #expect(size(of: try template.png(of: SampleBadges.fields(), dotsPerInch: 1200)) == [4205, 1701])
        for dots in [35.9, 1200.1, 0, -300, .nan, .infinity] {
            #expect(throws: BadgeError.self) {
                try template.png(of: SampleBadges.fields(), dotsPerInch: dots)
            }
        }
        let large = ChangedTemplate.good.replacing("100mm", with: "1000mm").replacing("60mm", with: "600mm")
        let poster = try BadgeTemplate(svg: Array(large.utf8), file: "poster.svg")
        #expect(throws: BadgeError.resolution(dotsPerInch: 300)) {
            try poster.png(of: SampleBadges.fields(), dotsPerInch: 300)
        }
    }
}
