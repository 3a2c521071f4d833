/// A width and a height in hundredths of a millimetre, IPP's own unit.
public struct PaperSize: Hashable, Sendable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public init(widthMillimetres: Double, heightMillimetres: Double) {
        width = Int((widthMillimetres * 100).rounded())
        height = Int((heightMillimetres * 100).rounded())
    }

    public var turned: PaperSize { PaperSize(width: height, height: width) }

    /// How much two lengths of one paper may differ, as printers round to points and inches.
    static let tolerance = 100

    func isNear(_ other: PaperSize) -> Bool {
        abs(width - other.width) <= PaperSize.tolerance && abs(height - other.height) <= PaperSize.tolerance
    }
}

extension PaperSize: CustomStringConvertible {
    public var description: String {
        func millimetres(_ length: Int) -> String {
            let tenths = (length + 5) / 10
            return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        }
        return "\(millimetres(width)) × \(millimetres(height)) mm"
    }
}

/// A paper that a queue offers: its size, and the margins that it can't print on.
public struct Medium: Hashable, Sendable {
    /// In hundredths of a millimetre.
    public struct Margins: Hashable, Sendable {
        public var top: Int
        public var bottom: Int
        public var left: Int
        public var right: Int

        public static let none = Margins(top: 0, bottom: 0, left: 0, right: 0)

        public init(top: Int, bottom: Int, left: Int, right: Int) {
            self.top = top
            self.bottom = bottom
            self.left = left
            self.right = right
        }

        var sides: [(String, Int)] { [("top", top), ("bottom", bottom), ("left", left), ("right", right)] }
        var sum: Int { top + bottom + left + right }
    }

    public var size: PaperSize
    public var margins: Margins

    public init(size: PaperSize, margins: Margins) {
        self.size = size
        self.margins = margins
    }
}

/// All the papers of a queue.
public struct Media: Hashable, Sendable {
    public var sizes: [Medium]
    /// The smallest and the largest size that the queue cuts or feeds to measure, if it does.
    public var custom: (smallest: PaperSize, largest: PaperSize)? {
        get { smallest.flatMap { smallest in largest.map { (smallest, $0) } } }
        set { (smallest, largest) = (newValue?.smallest, newValue?.largest) }
    }
    private var smallest: PaperSize?
    private var largest: PaperSize?

    public init(sizes: [Medium], custom: (smallest: PaperSize, largest: PaperSize)? = nil) {
        self.sizes = sizes
        self.custom = custom
    }

    /// The paper to print a badge of this size on without scaling it, or nil if the queue has none.
    ///
    /// Of several with the size, the one with the least margins; a paper lying the other way serves too. A
    /// queue that tells nothing of its papers, as one without a driver, is asked for the badge's size.
    public func medium(for badge: PaperSize) -> Medium? {
        if sizes.isEmpty, custom == nil { return Medium(size: badge, margins: .none) }
        let least = { (size: PaperSize) in
            sizes.filter { $0.size.isNear(size) }.min { $0.margins.sum < $1.margins.sum }
        }
        if let medium = least(badge) { return medium }
        if let custom, custom.smallest.width <= badge.width, badge.width <= custom.largest.width,
            custom.smallest.height <= badge.height, badge.height <= custom.largest.height
        {
            return Medium(size: badge, margins: .none)
        }
        return least(badge.turned)
    }
}
