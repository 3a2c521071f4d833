import TestPeers
import Testing

@testable import Badges

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct QRCodeTests {
    @Test(arguments: [
        // ISO/IEC 18004, table 7, level M: alphanumeric characters and bytes that a version holds.
        (String(repeating: "A", count: 20), 21), (String(repeating: "A", count: 21), 25),
        ("K7QX2M4PABCDEFGHJKMNPQRSTV.1", 25), ("K7QX2M4PABCDEFGHJKMNPQRSTV.999999", 25),
        (String(repeating: "A", count: 38), 25), (String(repeating: "A", count: 39), 29),
        (String(repeating: "a", count: 26), 25), (String(repeating: "a", count: 27), 29),
    ])
    func `a text takes the smallest code that the standard allows it`(text: String, side: Int) {
        #expect(QRCode(text)?.side == side)
    }

    @Test func `what is longer than any code, or has a NUL in it, has none`() {
        #expect(QRCode(String(repeating: "A", count: 3391)) != nil)
        #expect(QRCode(String(repeating: "A", count: 3392)) == nil)
        #expect(QRCode("a\u{0}b") == nil)
    }

    @Test(arguments: ["A", "K7QX2M4PABCDEFGHJKMNPQRSTV.1", "https://events.example.org/é", "☃"])
    func `the outlines hold the dark modules and no others`(text: String) throws {
        let code = try #require(QRCode(text))
        let outlines = code.outlines()
        for y in 0..<code.side {
            for x in 0..<code.side {
                #expect(winding(of: outlines, x: x, y: y) == (code.isDark(x, y) ? 1 : 0))
            }
        }
    }

    @Test func `outlines have corners only where they turn`() throws {
        for outline in try #require(QRCode("K7QX2M4P")).outlines() {
            for index in outline.indices {
                let (before, at, after) = (
                    outline[(index + outline.count - 1) % outline.count], outline[index],
                    outline[(index + 1) % outline.count]
                )
                #expect((before.x == at.x) != (at.x == after.x) && (before.y == at.y) != (at.y == after.y))
            }
        }
    }

    /// How often outlines go around a module, clockwise: the walls that a ray from it to the right meets.
    private func winding(of outlines: [[(x: Int, y: Int)]], x: Int, y: Int) -> Int {
        var sum = 0
        for outline in outlines {
            for index in outline.indices {
                let (from, to) = (outline[index], outline[(index + 1) % outline.count])
                guard from.x == to.x, from.x > x else { continue }
                if from.y <= y, to.y > y { sum += 1 }
                if to.y <= y, from.y > y { sum -= 1 }
            }
        }
        return sum
    }
}
