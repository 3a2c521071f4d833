/// A design of a certificate of attendance, read from an SVG file once and good for any number of certificates.
///
/// Any number of threads may draw with it at once; each drawing takes some milliseconds of the calling thread.
public struct CertificateTemplate: Sendable {
    /// Files whose name begins so are certificates; all others are badges.
    public static let filePrefix = "certificate-"
    /// The template's file without `.svg`.
    public static let fileName = "certificate-a4"

    private let template: PageTemplate

    /// Reads and checks a template without looking at any other file, or says all that is wrong with it.
    public init(file path: String) throws(TemplateMistakes) {
        try self.init(svg: TemplateFile.read(path), file: path)
    }

    /// As `init(file:)`, of what is in a file already read; `file` names it in mistakes.
    public init(svg: [UInt8], file path: String) throws(TemplateMistakes) {
        template = try PageTemplate(svg: svg, file: path, purpose: .certificate)
    }

    /// A PDF file of one page, exactly as large as the template, with fonts embedded and text that can be
    /// selected.
    public func pdf(of fields: CertificateFields) throws(BadgeError) -> [UInt8] {
        try template.pdf(of: fields)
    }

    /// A PNG file of the page, on white, that says its resolution.
    public func png(of fields: CertificateFields, dotsPerInch: Double = 300) throws(BadgeError) -> [UInt8] {
        try template.png(of: fields, dotsPerInch: dotsPerInch)
    }
}

/// What is filled into a template for one certificate. A field that is empty leaves nothing behind.
public struct CertificateFields: Sendable {
    public var name: String
    public var organisation = ""
    public var role = ""
    public var event: String
    public var venue: String
    /// When it was, such as `Wednesday 4 December 2024`.
    public var dates: String
    /// One line each; they may be none.
    public var sessions: [String] = []
    /// Whom to ask about it.
    public var contact = ""
    public var reference: String
    /// What shows that the certificate is genuine.
    public var verification: String
    /// Where somebody types it.
    public var address: String
    /// What opens that page with the code typed already; for the QR code, where the template has one.
    public var qr: String

    public init(
        name: String, event: String, venue: String, dates: String, reference: String, verification: String,
        address: String, qr: String
    ) {
        self.name = name
        self.event = event
        self.venue = venue
        self.dates = dates
        self.reference = reference
        self.verification = verification
        self.address = address
        self.qr = qr
    }
}

extension CertificateFields: FieldValues {
    subscript(placeholder: TextField.Placeholder) -> String {
        switch placeholder {
        case .name: name
        case .organisation: organisation
        case .role: role
        case .reference: reference
        case .event: event
        case .sessions: sessions.joined(separator: ", ")
        case .count: sessions.isEmpty ? "" : String(sessions.count)
        case .venue: venue
        case .dates: dates
        case .contact: contact
        case .verification: verification
        case .address: address
        }
    }
}
