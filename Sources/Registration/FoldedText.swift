/// Texts as they are compared when somebody is looked for: small letters without their marks, so that Muller
/// finds Müller.
///
/// Apostrophes and hyphens part words for some and join them for others, so that a text which has any is folded
/// both ways, one behind the other: O’Brien becomes `o brien obrien`.
public enum FoldedText {
    /// Folds what is searched in, UTF-8 in and out.
    public static func fold(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        // Most texts need neither a table nor a second way, and a search looks at each of an event's.
        if text.allSatisfy(isPlain) {
            return Array(unsafeUninitializedCapacity: text.count) { folded, count in
                for byte in text {
                    folded[count] = isCapital(byte) ? byte + 32 : byte
                    count += 1
                }
            }
        }
        var folded: [UInt8] = []
        folded.reserveCapacity(text.count * 2 + 1)
        let hasJoints = append(text, onto: &folded, apostrophe: space, hyphen: space)
        if hasJoints {
            folded.append(space)
            append(text, onto: &folded, apostrophe: nil, hyphen: nil)
        }
        return folded
    }

    /// Folds what somebody typed: a hyphen parts words, an apostrophe joins what is on both sides of it.
    static func typed(_ text: String, apostrophesPart: Bool) -> String {
        var text = text
        var folded: [UInt8] = []
        _ = text.withUTF8 { utf8 in
            append(utf8, onto: &folded, apostrophe: apostrophesPart ? space : nil, hyphen: space)
        }
        return String(decoding: folded, as: UTF8.self)
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }

    /// Whether it is ASCII, and neither an apostrophe nor a hyphen.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "`") && byte != UInt8(ascii: "-")
    }

    private static let space = UInt8(ascii: " ")

    /// Tells whether there was an apostrophe or a hyphen, in whose place the given byte stands.
    @discardableResult
    private static func append(
        _ text: UnsafeBufferPointer<UInt8>, onto folded: inout [UInt8], apostrophe: UInt8?, hyphen: UInt8?
    ) -> Bool {
        var hasJoints = false
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                index += 1
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte + 32)
                case UInt8(ascii: "'"), UInt8(ascii: "`"):
                    hasJoints = true
                    if let apostrophe { folded.append(apostrophe) }
                case UInt8(ascii: "-"):
                    hasJoints = true
                    if let hyphen { folded.append(hyphen) }
                default: folded.append(byte)
                }
                continue
            }
            let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            let end = min(index + length, text.count)
            var scalar = UInt32(byte) & (0x7F >> UInt32(length))
            for next in index + 1..<end { scalar = scalar << 6 | UInt32(text[next] & 0x3F) }
            switch scalar {
            case 0xB4, 0x2B9...0x2BC, 0x2018...0x201B, 0x2032, 0xFF07:
                hasJoints = true
                if let apostrophe { folded.append(apostrophe) }
            case 0x2010...0x2015, 0x2212, 0xFF0D:
                hasJoints = true
                if let hyphen { folded.append(hyphen) }
            case 0x80..<LetterFolds.bound:
                var rest = LetterFolds.table[Int(scalar)]
                while rest != 0 {
                    folded.append(UInt8(truncatingIfNeeded: rest))
                    rest >>= 8
                }
            default: for next in index..<end { folded.append(text[next]) }
            }
            index = end
        }
        return hasJoints
    }
}

/// What each letter of the alphabets that have capitals or marks becomes.
private enum LetterFolds {
    /// Past this the scripts have neither, and what is there stays as it is.
    static let bound: UInt32 = 0x2000

    /// By the scalar's number, its UTF-8 with the first byte lowest: what is looked up at each letter of each name
    /// must cost next to nothing.
    static let table: [UInt64] = (0..<bound).map { value in
        guard let scalar = Unicode.Scalar(value) else { return 0 }
        return fold(scalar).utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Letters that Unicode has no simpler one for, by their own names.
    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ĳ": "ij", "ς": "σ", "й": "и",
        "ё": "е",
        "ї": "і", "ў": "у", "ѓ": "г", "ќ": "к",
    ]

    private static func fold(_ scalar: Unicode.Scalar) -> String {
        if scalar.properties.canonicalCombiningClass != .notReordered { return "" }
        return scalar.properties.lowercaseMapping.unicodeScalars.map(simplest).joined()
    }

    private static func simplest(_ letter: Unicode.Scalar) -> String {
        if let known = special[letter] { return known }
        if letter.properties.canonicalCombiningClass != .notReordered { return "" }
        // `LATIN SMALL LETTER O WITH STROKE` is an `o`: names say more than decompositions, which ø has not.
        guard let name = letter.properties.name, let with = name.firstRange(of: " WITH "),
            let base = small[String(name[..<with.lowerBound])], base != letter
        else { return String(letter) }
        return simplest(base)
    }

    /// Small letters by their names.
    private static let small: [String: Unicode.Scalar] = {
        var letters: [String: Unicode.Scalar] = [:]
        for value in 0x61..<bound {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isLowercase,
                let name = scalar.properties.name
            else { continue }
            letters[name] = scalar
        }
        return letters
    }()
}
