/// A text of a template that is filled in for each badge, with the box it must keep to.
///
/// Lengths are points on paper; `place` moves and turns them to where they belong.
struct TextField: Equatable, Sendable {
    enum Placeholder: String, CaseIterable, Sendable {
        case name, organisation, role, reference, event, sessions
        case count, venue, dates, contact, verification, address
    }

    enum Piece: Equatable, Sendable {
        case literal(String)
        case value(Placeholder)
    }

    enum Anchor: String, CaseIterable, Sendable {
        case start, middle, end
    }

    typealias Box = (left: Double, top: Double, right: Double, bottom: Double)

    /// Where further lines go, seen from the baseline that is drawn in the template.
    enum Growth: String, CaseIterable, Sendable {
        case down, up, both
    }

    /// Of type, above and below its baseline, in type sizes: room for accents on capitals, and descenders.
    static let ascent = 1.0
    static let descent = 0.3

    var line: Int
    var pieces: [Piece]
    /// From the text's own space, with the anchor at (0, 0), to the page.
    var place: Affine
    var width: Double
    /// How high all lines together may become.
    var height: Double
    var lines: Int
    var size: Double
    var smallest: Double
    /// A line gets no smaller than this while wrapping could keep it larger.
    var wrapBelow: Double
    var anchor: Anchor
    var growth: Growth
    /// From one baseline to the next, in type sizes.
    var lineHeight: Double
    var type: TypeStyle

    /// Whether each session is to get a line of its own.
    var isList: Bool { pieces.contains(.value(.sessions)) }

    /// The placeholders as they are written, for people.
    var title: String {
        pieces.compactMap { piece in
            if case .value(let placeholder) = piece { "{{\(placeholder.rawValue)}}" } else { nil }
        }.joined(separator: " ")
    }

    /// What so many lines of that size take.
    func height(lines: Int, size: Double) -> Double {
        (Double(lines - 1) * lineHeight + TextField.ascent + TextField.descent) * size
    }

    /// The box, seen from the anchor.
    var box: Box {
        let left =
            switch anchor {
            case .start: 0.0
            case .middle: -width / 2
            case .end: -width
            }
        let top =
            switch growth {
            case .down: -TextField.ascent * size
            case .up: TextField.descent * size - height
            case .both: middle - height / 2
            }
        return (left, top, left + width, top + height)
    }

    /// The baselines of so many lines of that size.
    func baselines(lines: Int, size drawn: Double) -> [Double] {
        let step = lineHeight * drawn
        let all = Double(lines - 1) * step
        let first =
            switch growth {
            case .down: 0.0
            case .up: -all
            case .both: middle + (TextField.ascent - TextField.descent) / 2 * drawn - all / 2
            }
        return (0..<lines).map { first + Double($0) * step }
    }

    /// Half-way up the box of one line of full size.
    private var middle: Double { -(TextField.ascent - TextField.descent) / 2 * size }
}

/// What text looks like, but for its size.
struct TypeStyle: Hashable, Sendable {
    var family: String
    /// 100 to 1000, as in CSS.
    var weight: Int
    var slant: Slant
    /// 0, the narrowest, to 8, the widest; 4 is normal.
    var stretch: Int
    /// In type sizes.
    var letterSpacing: Double
    var isUppercase: Bool
    var colour: Colour
    /// An RFC 3066 tag; nil lets the text's script decide.
    var language: String?

    enum Slant: String, Sendable {
        case normal, oblique, italic
    }
}

struct Colour: Hashable, Sendable {
    var red: Double
    var green: Double
    var blue: Double
    var alpha: Double
}
