import FoundationEssentials
import TestPeers
import Testing

/// A page of a PDF as pdftoppm draws it, in grey.
struct Raster {
    let width: Int
    let height: Int
    private let pixels: ArraySlice<UInt8>

    /// Draws the first page of a PDF file.
    init(pdf: [UInt8], dotsPerInch: Int) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(pdf, to: "page.pdf")
        try await Program.run(
            "pdftoppm",
            arguments: ["-gray", "-r", "\(dotsPerInch)", "-singlefile", file, folder.path("page")])
        try self.init(pgm: [UInt8](Data(contentsOf: URL(filePath: folder.path("page.pgm")))))
    }

    /// A file in the binary form of PGM: three numbers, a white space, the pixels.
    private init(pgm: [UInt8]) throws {
        var rest = pgm.dropFirst(2)
        var numbers: [Int] = []
        while numbers.count < 3 {
            rest = rest.drop { $0 <= 0x20 }
            let digits = rest.prefix { $0 > 0x20 }
            numbers.append(try #require(Int(String(decoding: digits, as: UTF8.self))))
            rest = rest.dropFirst(digits.count)
        }
        (width, height) = (numbers[0], numbers[1])
        pixels = rest.dropFirst()
    }

    /// From 0, black, to 255.
    func grey(x: Int, y: Int) -> UInt8 {
        pixels[pixels.startIndex + y * width + x]
    }

    /// The smallest rectangle around what is darker than paper, in pixels; nil on an empty page.
    var ink: (left: Int, top: Int, right: Int, bottom: Int)? {
        var found: (left: Int, top: Int, right: Int, bottom: Int)?
        for y in 0..<height {
            for x in 0..<width where grey(x: x, y: y) < 250 {
                let before = found ?? (x, y, x + 1, y + 1)
                found = (min(before.left, x), before.top, max(before.right, x + 1), y + 1)
            }
        }
        return found
    }
}
