/// A stretch of text that a line may be broken behind.
struct Unbroken: Equatable {
    /// Without the white space at its end.
    var width: Double
    /// Of the white space at its end, which takes no room at the end of a line.
    var space: Double
}

enum LineBreaking {
    /// How wide lines must be at least to take the text on so many of them.
    static func narrowestWidth(of text: [Unbroken], lines: Int) -> Double {
        var low = text.map(\.width).max() ?? 0
        var high = text.reduce(0) { $0 + $1.width + $1.space }
        if fits(text, width: low, lines: lines) { return low }
        // 20 halvings tell widths apart to a millionth of the whole.
        for _ in 0..<20 {
            let middle = (low + high) / 2
            if fits(text, width: middle, lines: lines) { high = middle } else { low = middle }
        }
        return high
    }

    private static func fits(_ text: [Unbroken], width: Double, lines: Int) -> Bool {
        var used = 1
        var line = 0.0
        for piece in text {
            if line > 0, line + piece.width > width {
                used += 1
                line = 0
                if used > lines { return false }
            }
            line += piece.width + piece.space
        }
        return true
    }
}
