/// A page read from an SVG file once and good for any number of drawings: what badges and certificates share.
struct PageTemplate: Sendable {
    let name: String
    let fields: [TextField]
    let page: PageSize
    private let code: CodePlace?
    private let artworkSVG: [UInt8]
    private let artworks: Pool<Artwork>

    /// Says all that is wrong with it; `file` names it in mistakes.
    init(svg: [UInt8], file path: String, purpose: TemplatePurpose) throws(TemplateMistakes) {
        let mistakes = MistakeList(file: path)
        guard svg.count <= BadgeTemplate.fileLimit else {
            throw TemplateMistakes([TemplateFile.tooLarge(path)])
        }
        let reader = TemplateReader(purpose: purpose, mistakes: mistakes)
        let root = MarkupParser.parse(svg, mistakes: mistakes)
        let page = root.flatMap { reader.read($0) }
        try mistakes.throwIfAny()
        guard let root, let page, reader.code != nil || !purpose.needsCode else {
            throw TemplateMistakes([TemplateMistake(file: path, line: 1, reason: "This can't be read")])
        }
        name = TemplateFile.name(of: path)
        self.page = page
        code = reader.code
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
    func pdf(of values: some FieldValues) throws(BadgeError) -> [UInt8] {
        try withTools { tools throws(BadgeError) in
            let surface = try Surface(pdfWidth: page.widthPoints, height: page.heightPoints)
            try draw(values, on: surface.context, with: tools)
            return try surface.pdf()
        }
    }

    /// A PNG file of the page, on white, that says its resolution.
    func png(of values: some FieldValues, dotsPerInch: Double) throws(BadgeError) -> [UInt8] {
        let width = (page.widthPoints / 72 * dotsPerInch).rounded()
        let height = (page.heightPoints / 72 * dotsPerInch).rounded()
        guard BadgeTemplate.resolutions.contains(dotsPerInch),
            width * height <= Double(BadgeTemplate.pixelsLimit)
        else { throw .resolution(dotsPerInch: dotsPerInch) }
        return try withTools { tools throws(BadgeError) in
            let surface = try Surface(
                pixelWidth: Int(width), height: Int(height),
                scale: (width / page.widthPoints, height / page.heightPoints))
            try draw(values, on: surface.context, with: tools)
            return PNGResolution.say(dotsPerInch, in: try surface.png())
        }
    }

    typealias Tools = (artwork: Artwork, typesetter: Typesetter)

    /// How often a page is drawn, each time with new tools, before it can't be: FreeType fails now and then where several
    /// threads begin to use a font.
    static let attempts = 3

    func withTools(_ work: (Tools) throws(BadgeError) -> [UInt8]) throws(BadgeError) -> [UInt8] {
        for _ in 1..<PageTemplate.attempts {
            do { return try withToolsOnce(work) } catch {
                guard case .drawing = error else { throw error }
            }
        }
        return try withToolsOnce(work)
    }

    /// A PDF's pictures are read when it is finished, so the tools they belong to are kept until then.
    private func withToolsOnce(_ work: (Tools) throws(BadgeError) -> [UInt8]) throws(BadgeError) -> [UInt8] {
        try artworks.lend(make: makeArtwork) { artwork throws(BadgeError) in
            try Typesetter.pool.lend(make: { () throws(BadgeError) in Typesetter() }) {
                typesetter throws(BadgeError) in
                try work((artwork, typesetter))
            }
        }
    }

    private func draw(
        _ values: some FieldValues, on context: OpaquePointer, with tools: Tools
    ) throws(BadgeError) {
        var drawnCode: DrawnCode?
        if let code { drawnCode = try DrawnCode(values.qr, place: code) }
        try tools.artwork.draw(on: context, width: page.widthPoints, height: page.heightPoints)
        drawnCode?.draw(on: context)
        for field in fields {
            let fitter = TextFitter(field: field, typesetter: tools.typesetter)
            fitter.fit(field.paragraphs(of: values))?.draw(on: context)
        }
    }

    private func makeArtwork() throws(BadgeError) -> Artwork {
        try Artwork(svg: artworkSVG)
    }
}
