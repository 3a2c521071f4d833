/// How large a template is on paper, and how its own units become points on it.
struct PageSize {
    let widthMillimetres: Double
    let heightMillimetres: Double
    /// From the units of the viewBox to points.
    let transform: Affine

    /// Nil if it is not said, or not in a way that can be printed.
    init?(of root: MarkupElement, mistakes: MistakeList) {
        let width = PageSize.side("width", of: root, mistakes: mistakes)
        let height = PageSize.side("height", of: root, mistakes: mistakes)
        guard let attribute = root.attribute("viewBox") else {
            mistakes.add(
                "<svg> needs a viewBox, best in millimetres: \"0 0 105 148\" on an A6 badge", line: root.line)
            return nil
        }
        guard let box = Affine.numbers(attribute.value), box.count == 4, box[2] > 0, box[3] > 0 else {
            mistakes.add(
                "viewBox “\(attribute.value)” is not four numbers, the last two above 0", line: attribute.line
            )
            return nil
        }
        guard let width, let height else { return nil }
        // A thousandth is less than a printer's dot on a badge.
        guard abs(width / box[2] * box[3] / height - 1) < 1e-3 else {
            mistakes.add(
                "viewBox “\(attribute.value)” does not have the proportions of width and height",
                line: attribute.line)
            return nil
        }
        widthMillimetres = width
        heightMillimetres = height
        let scale = width * Length.pointsPerMillimetre / box[2]
        transform = Affine(a: scale, d: scale, e: -box[0] * scale, f: -box[1] * scale)
    }

    var widthPoints: Double { widthMillimetres * Length.pointsPerMillimetre }
    var heightPoints: Double { heightMillimetres * Length.pointsPerMillimetre }

    private static func side(_ name: String, of root: MarkupElement, mistakes: MistakeList) -> Double? {
        guard let attribute = root.attribute(name) else {
            mistakes.add("<svg> needs a \(name) on paper, such as \(name)=\"105mm\"", line: root.line)
            return nil
        }
        let range = TemplateReader.sizeRange
        guard let length = Length.millimetres(attribute.value), range.contains(length) else {
            mistakes.add(
                "\(name) “\(attribute.value)” is not from \(Int(range.lowerBound)) to \(Int(range.upperBound)) mm, "
                    + "with its unit (mm, cm, in, pt)", line: attribute.line)
            return nil
        }
        return length
    }
}
