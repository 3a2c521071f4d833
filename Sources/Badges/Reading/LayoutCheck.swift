/// Sees that what is filled in stays on the page and off the QR code.
struct LayoutCheck {
    /// A rounding error of an editor is no mistake.
    static let tolerancePoints = 0.3

    let page: PageSize
    let mistakes: MistakeList

    func check(fields: [TextField], code: CodePlace?) {
        let codeArea = code.map { Area($0.place, left: 0, top: 0, right: 1, bottom: 1) }
        if let code, let codeArea, !isOnPage(codeArea) {
            mistakes.add("The QR code’s <rect> reaches past the edge of the page", line: code.line)
        }
        for field in fields {
            let box = field.box
            let area = Area(field.place, left: box.left, top: box.top, right: box.right, bottom: box.bottom)
            if !isOnPage(area) {
                mistakes.add(
                    "The box of \(field.title) reaches past the edge of the page: \(inMillimetres(area))",
                    line: field.line)
            }
            if let codeArea, area.overlaps(codeArea, tolerance: LayoutCheck.tolerancePoints) {
                mistakes.add(
                    "The box of \(field.title) reaches into the QR code: \(inMillimetres(area))",
                    line: field.line)
            }
        }
    }

    private func isOnPage(_ area: Area) -> Bool {
        let slack = LayoutCheck.tolerancePoints
        return area.left >= -slack && area.top >= -slack && area.right <= page.widthPoints + slack
            && area.bottom <= page.heightPoints + slack
    }

    private func inMillimetres(_ area: Area) -> String {
        func number(_ points: Double) -> String { PageText.number(points / Length.pointsPerMillimetre) }
        return
            "x \(number(area.left)) to \(number(area.right)) mm, y \(number(area.top)) to \(number(area.bottom)) mm"
    }
}

/// The upright rectangle around something that may be turned, in points on the page.
struct Area: Equatable {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double

    init(_ place: Affine, left: Double, top: Double, right: Double, bottom: Double) {
        let corners = [
            place.point(left, top), place.point(right, top), place.point(left, bottom),
            place.point(right, bottom),
        ]
        let xs = corners.map(\.x)
        let ys = corners.map(\.y)
        self.left = xs.min() ?? 0
        self.right = xs.max() ?? 0
        self.top = ys.min() ?? 0
        self.bottom = ys.max() ?? 0
    }

    func overlaps(_ other: Area, tolerance: Double) -> Bool {
        left < other.right - tolerance && other.left < right - tolerance && top < other.bottom - tolerance
            && other.top < bottom - tolerance
    }
}
