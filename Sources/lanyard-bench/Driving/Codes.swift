/// The codes of registered attendees, in an order that has nothing to do with that of their rows.
struct Codes {
    static let length = 26
    static let referenceLength = 8

    /// Each code with a line end.
    private var lines: [UInt8] = []
    static let lineLength = Codes.length + 1

    var count: Int { lines.count / Codes.lineLength }

    mutating func append(_ code: String) throws {
        guard code.utf8.count == Codes.length else { throw Failure("“\(code)” is no code") }
        lines += code.utf8
        lines.append(UInt8(ascii: "\n"))
    }

    /// The line with the code at a place of the mixed order, which goes round.
    func line(_ place: Int) -> ArraySlice<UInt8> {
        let start = mixed(place % count) * Codes.lineLength
        return lines[start..<(start + Codes.lineLength)]
    }

    /// The references of the first so many attendees.
    func references(_ count: Int) -> [String] {
        (0..<min(count, self.count)).map { place in
            let start = place * Codes.lineLength
            return String(decoding: lines[start..<(start + Codes.referenceLength)], as: UTF8.self)
        }
    }

    /// A step that shares no factor with the count visits every code once, each far from the one before.
    private func mixed(_ place: Int) -> Int { place * step % count }

    private(set) var step = 1

    mutating func mix() {
        step = max(1, Int(Double(count) * 0.618))
        while greatestCommonDivisor(step, count) != 1 { step += 1 }
    }

    private func greatestCommonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
