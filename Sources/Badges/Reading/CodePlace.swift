/// The square that the QR code is drawn in, quiet zone included.
struct CodePlace: Equatable, Sendable {
    /// From a square of side 1 to points on the page.
    let place: Affine
    let sidePoints: Double
    let line: Int

    /// Nil if the code could not be drawn or scanned there. How large it is on paper is looked at only if the
    /// page's own size is known.
    init?(_ rect: MarkupElement, transform: Affine, isPageKnown: Bool, mistakes: MistakeList) {
        var numbers: [String: Double] = [:]
        for name in ["x", "y", "width", "height"] {
            guard let attribute = rect.attribute(name) else { continue }
            guard let number = Length.userUnits(attribute.value) else {
                mistakes.add(
                    "\(name) “\(attribute.value)” is not a number in the units of the viewBox",
                    line: attribute.line)
                return nil
            }
            numbers[name] = number
        }
        guard let width = numbers["width"], let height = numbers["height"], width > 0, height > 0 else {
            mistakes.add("The QR code’s <rect> needs a width and a height above 0", line: rect.line)
            return nil
        }
        guard abs(width - height) <= width * 1e-3, let scale = transform.evenScale else {
            mistakes.add(
                "The QR code’s <rect> is not square: \(PageText.number(width)) × \(PageText.number(height))"
                    + (transform.evenScale == nil ? ", and stretched, slanted or mirrored" : ""),
                line: rect.line)
            return nil
        }
        let millimetres = width * scale / Length.pointsPerMillimetre
        guard !isPageKnown || millimetres >= TemplateReader.smallestCodeMillimetres - 1e-6 else {
            mistakes.add(
                "The QR code’s <rect> is \(PageText.number(millimetres)) mm wide; below "
                    + "\(PageText.number(TemplateReader.smallestCodeMillimetres)) mm scanners can't read it",
                line: rect.line)
            return nil
        }
        sidePoints = width * scale
        line = rect.line
        place = transform.applied(
            after: Affine(a: width, d: width, e: numbers["x"] ?? 0, f: numbers["y"] ?? 0))
    }
}
