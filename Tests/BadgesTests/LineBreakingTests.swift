import TestPeers
import Testing

@testable import Badges

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LineBreakingTests {
    private func words(_ widths: Double...) -> [Unbroken] { widths.map { Unbroken(width: $0, space: 1) } }

    @Test func `lines are as even as the words let them be`() {
        #expect(abs(LineBreaking.narrowestWidth(of: words(5, 5, 5, 5), lines: 2) - 11) < 1e-4)
        #expect(abs(LineBreaking.narrowestWidth(of: words(5, 5, 5, 5), lines: 3) - 11) < 1e-4)
        #expect(LineBreaking.narrowestWidth(of: words(5, 5, 5, 5), lines: 4) == 5)
        #expect(LineBreaking.narrowestWidth(of: words(2, 9, 2), lines: 3) == 9)
        #expect(abs(LineBreaking.narrowestWidth(of: words(2, 9, 2), lines: 2) - 12) < 1e-4)
    }

    @Test func `one line takes all words, without the space behind the last`() {
        #expect(abs(LineBreaking.narrowestWidth(of: words(2, 9, 2), lines: 1) - 15) < 1e-4)
    }

    @Test func `nothing takes no room`() {
        #expect(LineBreaking.narrowestWidth(of: [], lines: 2) == 0)
    }

    @Test func `more lines never need more width`() {
        let words = (0..<200).map { Unbroken(width: Double(($0 * 7919) % 13 + 1), space: 1) }
        let widths = (1...50).map { LineBreaking.narrowestWidth(of: words, lines: $0) }
        #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 >= $1 - 1e-3 })
    }
}
