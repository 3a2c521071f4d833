/// What a template is for: that decides what may be filled in, and whether a QR code must have its place.
enum TemplatePurpose: Sendable {
    case badge, certificate

    init(fileName: String) {
        self = fileName.hasPrefix(CertificateTemplate.filePrefix) ? .certificate : .badge
    }

    var placeholders: [TextField.Placeholder] {
        switch self {
        case .badge: [.name, .organisation, .role, .reference, .event, .sessions]
        case .certificate: TextField.Placeholder.allCases
        }
    }

    var needsCode: Bool { self == .badge }
}

/// What the texts of a template are filled with.
protocol FieldValues: Sendable {
    /// One line each.
    var sessions: [String] { get }
    var qr: String { get }

    subscript(placeholder: TextField.Placeholder) -> String { get }
}
