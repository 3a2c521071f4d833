internal import CPango

/// Reads what type a field is set in from the styles that reach it.
struct TypeReader {
    /// CSS's own, for type that gives none.
    static let normalLineHeight = 1.2

    private static let stretches = [
        "ultra-condensed", "extra-condensed", "condensed", "semi-condensed", "normal", "semi-expanded",
        "expanded", "extra-expanded", "ultra-expanded",
    ]

    let style: Style
    let element: MarkupElement
    let mistakes: MistakeList

    var size: Double? {
        guard let value = style["font-size"] else {
            mistakes.add("A text with a placeholder needs a font-size", line: element.line)
            return nil
        }
        guard let size = Length.userUnits(value.text), size > 0 else {
            return refuse("font-size", value, "is not a number above 0 in the units of the viewBox")
        }
        return size
    }

    var lineHeight: Double? {
        guard let value = style["line-height"], value.text != "normal" else {
            return TypeReader.normalLineHeight
        }
        let isPercentage = value.text.hasSuffix("%")
        let number =
            isPercentage ? Length.number(value.text.dropLast()).map { $0 / 100 } : Length.number(value.text)
        guard let number, (0.5...5).contains(number) else {
            return refuse("line-height", value, "is not a number from 0.5 to 5, nor a percentage")
        }
        return number
    }

    var anchor: TextField.Anchor? {
        guard let value = style["text-anchor"] else { return isRightToLeft ? .end : .start }
        guard let anchor = TextField.Anchor(rawValue: value.text) else {
            return refuse("text-anchor", value, "is none of start, middle, end")
        }
        switch anchor {
        case .start where isRightToLeft: return .end
        case .end where isRightToLeft: return .start
        default: return anchor
        }
    }

    func typeStyle(size: Double) -> TypeStyle? {
        if let value = style["font-family"], !style.isHidden, !InstalledFonts.have(anyOf: value.text) {
            mistakes.add(InstalledFonts.mistake(value.text), line: value.line)
        }
        guard let weight, let slant, let stretch, let spacing = letterSpacing(size: size), let isUppercase,
            let colour
        else { return nil }
        let language = element.attributes.first { $0.name == "lang" }?.value
        return TypeStyle(
            family: family, weight: weight, slant: slant, stretch: stretch, letterSpacing: spacing,
            isUppercase: isUppercase, colour: colour, language: language)
    }

    private var isRightToLeft: Bool { style["direction"]?.text == "rtl" }

    /// Pango takes a list with commas too, but no quotes.
    private var family: String {
        (style["font-family"]?.text ?? "sans-serif").filter { $0 != "'" && $0 != "\"" }
    }

    private var weight: Int? {
        guard let value = style["font-weight"] else { return 400 }
        let named = ["normal": 400, "bold": 700]
        guard let weight = named[value.text] ?? Int(value.text), (100...1000).contains(weight) else {
            return refuse("font-weight", value, "is neither normal nor bold nor a number from 100 to 1000")
        }
        return weight
    }

    private var slant: TypeStyle.Slant? {
        guard let value = style["font-style"] else { return .normal }
        guard let slant = TypeStyle.Slant(rawValue: value.text) else {
            return refuse("font-style", value, "is none of normal, italic, oblique")
        }
        return slant
    }

    private var stretch: Int? {
        guard let value = style["font-stretch"] else { return 4 }
        guard let stretch = TypeReader.stretches.firstIndex(of: value.text) else {
            return refuse("font-stretch", value, "is none of \(TypeReader.stretches.joined(separator: ", "))")
        }
        return stretch
    }

    private func letterSpacing(size: Double) -> Double? {
        guard let value = style["letter-spacing"], value.text != "normal" else { return 0 }
        let spacing =
            value.text.hasSuffix("em")
            ? Length.number(value.text.dropLast(2)) : Length.userUnits(value.text).map { $0 / size }
        guard let spacing, (-0.5...2).contains(spacing) else {
            return refuse("letter-spacing", value, "is not a number from −0.5 to 2 times the type’s size")
        }
        return spacing
    }

    private var isUppercase: Bool? {
        switch style["text-transform"]?.text {
        case nil, "none": return false
        case "uppercase": return true
        default:
            return style["text-transform"].flatMap {
                refuse("text-transform", $0, "is neither none nor uppercase")
            }
        }
    }

    private var colour: Colour? {
        var opacity = style.opacity
        if let value = style["fill-opacity"] {
            guard let fraction = Style.fraction(value.text) else {
                return refuse("fill-opacity", value, "is not a number from 0 to 1")
            }
            opacity *= fraction
        }
        guard let value = style["fill"] else { return Colour(red: 0, green: 0, blue: 0, alpha: opacity) }
        guard let colour = TypeReader.colour(value.text, alpha: opacity) else {
            return refuse(
                "fill", value, "is not a plain colour such as #1d3557, which a placeholder’s text needs")
        }
        return colour
    }

    /// CSS's names, `#rgb`, `#rrggbb` or `rgb(r, g, b)`.
    static func colour(_ text: String, alpha: Double) -> Colour? {
        if text.hasPrefix("rgb("), text.hasSuffix(")") {
            guard let parts = Affine.numbers(text.dropFirst(4).dropLast()), parts.count == 3,
                parts.allSatisfy({ (0...255).contains($0) })
            else { return nil }
            return Colour(red: parts[0] / 255, green: parts[1] / 255, blue: parts[2] / 255, alpha: alpha)
        }
        guard !text.hasPrefix("#") || text.utf8.count == 4 || text.utf8.count == 7 else { return nil }
        var colour = PangoColor()
        guard pango_color_parse(&colour, text) != 0 else { return nil }
        return Colour(
            red: Double(colour.red) / 65535, green: Double(colour.green) / 65535,
            blue: Double(colour.blue) / 65535, alpha: alpha)
    }

    private func refuse<Value>(_ name: String, _ value: Style.Value, _ what: String) -> Value? {
        mistakes.add("\(name) “\(value.text)” \(what)", line: value.line)
        return nil
    }
}
