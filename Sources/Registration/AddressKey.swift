extension String {
    /// The text as it is compared with others: composed and case-folded, so that texts which read the same are
    /// the same bytes. Nil for accents that can be typed in several ways and have no letter of their own.
    var addressKey: String? {
        if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
        var folded = UnicodeScalarView()
        for scalar in Composition.compose(unicodeScalars) { folded.append(contentsOf: scalar.caseFolded) }
        // Once more: some small letters with an accent have no capital of their own.
        let composed = Composition.compose(folded)
        guard !Composition.isAmbiguous(composed) else { return nil }
        var key = UnicodeScalarView()
        key.append(contentsOf: composed)
        return String(key)
    }
}

extension Unicode.Scalar {
    /// Through capitals, since some letters have two small forms (σ and ς) and ß is SS in capitals.
    fileprivate var caseFolded: String.UnicodeScalarView {
        // The dotless i is another letter than i, though both have the capital I.
        if value == 0x131 { return String(self).unicodeScalars }
        var folded = String.UnicodeScalarView()
        for capital in properties.uppercaseMapping.unicodeScalars {
            folded.append(contentsOf: capital.properties.lowercaseMapping.unicodeScalars)
        }
        return folded
    }
}

/// Makes one scalar of a letter and its accents.
///
/// The standard library compares texts by canonical equivalence, but does not say what it compares; a table
/// from texts to scalars, looked up by that comparison, does. What comes out is one of several equivalent
/// spellings, always the same one, and not always Unicode's normal form.
private enum Composition {
    static func compose(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        var composed: [Unicode.Scalar] = []
        for scalar in scalars {
            let one = scalar.value < 0x80 ? scalar : letters[String(scalar)] ?? scalar
            if one.value >= 0x80, let last = composed.last {
                var pair = String.UnicodeScalarView()
                pair.append(last)
                pair.append(one)
                if let letter = letters[String(pair)] {
                    composed[composed.count - 1] = letter
                    continue
                }
            }
            composed.append(one)
        }
        return composed
    }

    /// Whether accents are left (combining classes from 200 on are those above and below a letter), or marks
    /// that could stand in another order.
    static func isAmbiguous(_ composed: [Unicode.Scalar]) -> Bool {
        var isAfterMark = false
        var last: Unicode.Scalar?
        for scalar in composed {
            let combining = scalar.value < 0x80 ? 0 : scalar.properties.canonicalCombiningClass.rawValue
            // The dot of İ has no letter of its own once that is small, and no other spelling.
            let isDotOfI = last == "i" && scalar == "\u{307}"
            if (combining >= 200 && !isDotOfI) || (combining > 0 && isAfterMark) { return true }
            isAfterMark = combining > 0
            last = scalar
        }
        return false
    }

    /// The first scalar of each set of equivalent ones, in those blocks that have letters made of others.
    private static let letters: [String: Unicode.Scalar] = {
        let blocks: [ClosedRange<UInt32>] = [
            0xC0...0x24F, 0x340...0x1FFF, 0x2126...0x212B, 0x3040...0x30FF, 0xAC00...0xD7A3, 0xF900...0xFB4F,
            0x11000...0x11FFF, 0x2F800...0x2FA1D,
        ]
        var letters: [String: Unicode.Scalar] = [:]
        for value in blocks.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            if letters[String(scalar)] == nil { letters[String(scalar)] = scalar }
        }
        return letters
    }()
}
