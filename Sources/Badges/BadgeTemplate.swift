/// A design of a badge, read from an SVG file once and good for any number of badges.
///
/// Any number of threads may draw with it at once; each drawing takes about 2 ms of the calling thread.
public struct BadgeTemplate: Sendable {
    /// The file's name without `.svg`, by which the configuration asks for it.
    public let name: String
    public let widthMillimetres: Double
    public let heightMillimetres: Double

    /// A template file has at most so many bytes.
    public static let fileLimit = 1 << 20
    /// In dots per inch, what a PNG may be asked in.
    public static let resolutions = 36.0...1200.0
    public static let pixelsLimit = 50_000_000

    let fields: [TextField]
    private let code: CodePlace
    private let artworkSVG: [UInt8]
    private let artworks: Pool<Artwork>
    private let page: PageSize

    /// Reads and checks a template without looking at any other file, or says all that is wrong with it.
    public init(file path: String) throws(TemplateMistakes) {
        try self.init(svg: TemplateFile.read(path), file: path)
    }

    /// As `init(file:)`, of what is in a file already read; `file` names it in mistakes.
    public init(svg: [UInt8], file path: String) throws(TemplateMistakes) {
        let mistakes = MistakeList(file: path)
        guard svg.count <= BadgeTemplate.fileLimit else {
            throw TemplateMistakes([TemplateFile.tooLarge(path)])
        }
        let reader = TemplateReader(mistakes: mistakes)
        let root = MarkupParser.parse(svg, mistakes: mistakes)
        let page = root.flatMap { reader.read($0) }
        try mistakes.throwIfAny()
        guard let root, let page, let code = reader.code else {
            throw TemplateMistakes([TemplateMistake(file: path, line: 1, reason: "This can't be read")])
        }
        name = TemplateFile.name(of: path)
        widthMillimetres = page.widthMillimetres
        heightMillimetres = page.heightMillimetres
        self.page = page
        self.code = code
        fields = reader.fields
        artworkSVG = ArtworkMarkup(of: root, without: reader.filledIn).bytes
        artworks = Pool()
        do {
            try artworks.lend(make: makeArtwork) { (_: Artwork) throws(BadgeError) in }
        } catch {
            throw TemplateMistakes([TemplateMistake(file: path, line: nil, reason: "\(error)")])
        }
    }

    /// A PDF file of one page, exactly as large as the template, with fonts embedded and text that can be
    /// selected.
    public func pdf(of fields: BadgeFields) throws(BadgeError) -> [UInt8] {
        try withTools { tools throws(BadgeError) in
            let surface = try Surface(pdfWidth: page.widthPoints, height: page.heightPoints)
            try draw(fields, on: surface.context, with: tools)
            return try surface.pdf()
        }
    }

    /// A PNG file of the page, on white, that says its resolution.
    public func png(of fields: BadgeFields, dotsPerInch: Double = 300) throws(BadgeError) -> [UInt8] {
        let width = (page.widthPoints / 72 * dotsPerInch).rounded()
        let height = (page.heightPoints / 72 * dotsPerInch).rounded()
        guard BadgeTemplate.resolutions.contains(dotsPerInch),
            width * height <= Double(BadgeTemplate.pixelsLimit)
        else { throw .resolution(dotsPerInch: dotsPerInch) }
        return try withTools { tools throws(BadgeError) in
            let surface = try Surface(
                pixelWidth: Int(width), height: Int(height),
                scale: (width / page.widthPoints, height / page.heightPoints))
            try draw(fields, on: surface.context, with: tools)
            return PNGResolution.say(dotsPerInch, in: try surface.png())
        }
    }

    private typealias Tools = (artwork: Artwork, typesetter: Typesetter)

    /// A PDF's pictures are read when it is finished, so the tools they belong to are kept until then.
    private func withTools(_ work: (Tools) throws(BadgeError) -> [UInt8]) throws(BadgeError) -> [UInt8] {
        try artworks.lend(make: makeArtwork) { artwork throws(BadgeError) in
            try Typesetter.pool.lend(make: { () throws(BadgeError) in Typesetter() }) {
                typesetter throws(BadgeError) in
                try work((artwork, typesetter))
            }
        }
    }

    private func draw(_ values: BadgeFields, on context: OpaquePointer, with tools: Tools) throws(BadgeError)
    {
        let drawnCode = try DrawnCode(values.qr, place: code)
        try tools.artwork.draw(on: context, width: page.widthPoints, height: page.heightPoints)
        drawnCode.draw(on: context)
        for field in fields {
            let fitter = TextFitter(field: field, typesetter: tools.typesetter)
            fitter.fit(field.paragraphs(of: values))?.draw(on: context)
        }
    }

    private func makeArtwork() throws(BadgeError) -> Artwork {
        try Artwork(svg: artworkSVG)
    }
}
