/// What is filled into a template for one badge. A field that is empty leaves nothing behind.
public struct BadgeFields: Sendable {
    public var name: String
    public var organisation: String
    public var role: String
    public var reference: String
    public var event: String
    /// One line each.
    public var sessions: [String]
    /// What the QR code holds; at most `qrLimit` bytes, and packed closest if all of it are capital letters,
    /// digits and `$%*+-./:` or spaces.
    public var qr: String

    public static let qrLimit = 512

    public init(
        name: String, organisation: String = "", role: String = "", reference: String = "",
        event: String = "",
        sessions: [String] = [], qr: String
    ) {
        self.name = name
        self.organisation = organisation
        self.role = role
        self.reference = reference
        self.event = event
        self.sessions = sessions
        self.qr = qr
    }
}

/// Why a badge can't be drawn, although its template is good.
public enum BadgeError: Error, Equatable, Sendable {
    /// The QR code would hold nothing.
    case qrEmpty
    /// The QR code's text is longer than fits this template in modules that a scanner can tell apart.
    case qrTooLong(bytes: Int)
    /// Not within `BadgeTemplate.resolutions`, or more than `BadgeTemplate.pixelsLimit` pixels.
    case resolution(dotsPerInch: Double)
    /// A graphics library failed; its own words.
    case drawing(String)
}

extension BadgeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .qrEmpty: "The QR code has no text"
        case .qrTooLong(let bytes): "The QR code's text of \(bytes) bytes is too long for this template"
        case .resolution(let dotsPerInch):
            "\(PageText.number(dotsPerInch)) dots per inch is not from \(Int(BadgeTemplate.resolutions.lowerBound)) to "
                + "\(Int(BadgeTemplate.resolutions.upperBound)), or too much for so large a page"
        case .drawing(let words): "The badge could not be drawn: \(words)"
        }
    }
}
