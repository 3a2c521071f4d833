/// A design of a badge, read from an SVG file once and good for any number of badges.
///
/// Any number of threads may draw with it at once; each drawing takes about 2 ms of the calling thread.
public struct BadgeTemplate: Sendable {
    /// A template file has at most so many bytes.
    public static let fileLimit = 1 << 20
    /// In dots per inch, what a PNG may be asked in.
    public static let resolutions = 36.0...1200.0
    public static let pixelsLimit = 50_000_000

    private let template: PageTemplate

    /// Reads and checks a template without looking at any other file, or says all that is wrong with it.
    public init(file path: String) throws(TemplateMistakes) {
        try self.init(svg: TemplateFile.read(path), file: path)
    }

    /// As `init(file:)`, of what is in a file already read; `file` names it in mistakes.
    public init(svg: [UInt8], file path: String) throws(TemplateMistakes) {
        template = try PageTemplate(svg: svg, file: path, purpose: .badge)
    }

    /// The file's name without `.svg`, by which the configuration asks for it.
    public var name: String { template.name }
    public var widthMillimetres: Double { template.page.widthMillimetres }
    public var heightMillimetres: Double { template.page.heightMillimetres }

    var fields: [TextField] { template.fields }

    /// A PDF file of one page, exactly as large as the template, with fonts embedded and text that can be
    /// selected.
    public func pdf(of fields: BadgeFields) throws(BadgeError) -> [UInt8] {
        try template.pdf(of: fields)
    }

    /// A PNG file of the page, on white, that says its resolution.
    public func png(of fields: BadgeFields, dotsPerInch: Double = 300) throws(BadgeError) -> [UInt8] {
        try template.png(of: fields, dotsPerInch: dotsPerInch)
    }
}
