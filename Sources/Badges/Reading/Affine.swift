import Glibc

/// A transform of the plane, as SVG's `matrix(a b c d e f)`.
struct Affine: Equatable, Sendable {
    var a = 1.0
    var b = 0.0
    var c = 0.0
    var d = 1.0
    var e = 0.0
    var f = 0.0

    /// What results if `inner` is applied first, then this.
    func applied(after inner: Affine) -> Affine {
        Affine(
            a: a * inner.a + c * inner.b, b: b * inner.a + d * inner.b, c: a * inner.c + c * inner.d,
            d: b * inner.c + d * inner.d, e: a * inner.e + c * inner.f + e,
            f: b * inner.e + d * inner.f + f)
    }

    func point(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How many times longer everything becomes; nil if that differs by direction or mirrors.
    var evenScale: Double? {
        let scale = (a * a + b * b).squareRoot()
        let tolerance = scale * 1e-3
        guard scale > 1e-9, abs(a - d) < tolerance, abs(b + c) < tolerance else { return nil }
        return scale
    }

    /// Nil if the text is not a list of SVG's transform functions.
    init?(svg text: String) {
        self.init()
        var rest = text[...]
        while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
            let name = rest[..<open].filter { !$0.isWhitespace && $0 != "," }
            guard let numbers = Affine.numbers(rest[rest.index(after: open)..<close]),
                let next = Affine(function: name, numbers)
            else { return nil }
            self = applied(after: next)
            rest = rest[rest.index(after: close)...]
        }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == "," }) else { return nil }
    }

    init(a: Double = 1, b: Double = 0, c: Double = 0, d: Double = 1, e: Double = 0, f: Double = 0) {
        (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
    }

    private init?(function: String, _ n: [Double]) {
        switch (function, n.count) {
        case ("matrix", 6): self.init(a: n[0], b: n[1], c: n[2], d: n[3], e: n[4], f: n[5])
        case ("translate", 1): self.init(e: n[0])
        case ("translate", 2): self.init(e: n[0], f: n[1])
        case ("scale", 1): self.init(a: n[0], d: n[0])
        case ("scale", 2): self.init(a: n[0], d: n[1])
        case ("rotate", 1): self.init(turn: n[0])
        case ("rotate", 3):
            self = Affine(e: n[1], f: n[2]).applied(after: Affine(turn: n[0]))
                .applied(after: Affine(e: -n[1], f: -n[2]))
        case ("skewX", 1): self.init(c: tan(n[0] * .pi / 180))
        case ("skewY", 1): self.init(b: tan(n[0] * .pi / 180))
        default: return nil
        }
    }

    private init(turn degrees: Double) {
        let angle = degrees * .pi / 180
        self.init(a: cos(angle), b: sin(angle), c: -sin(angle), d: cos(angle))
    }

    /// Numbers apart by white space or commas; nil if one of them is none.
    static func numbers(_ text: some StringProtocol) -> [Double]? {
        let words = text.split { $0.isWhitespace || $0 == "," }
        let numbers = words.compactMap { Length.number($0) }
        return numbers.count == words.count ? numbers : nil
    }
}
