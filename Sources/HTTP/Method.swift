/// What a request wants done, such as `GET`; the raw value is as on the wire, where case counts.
public struct Method: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let get = Method(rawValue: "GET")
    public static let head = Method(rawValue: "HEAD")
    public static let post = Method(rawValue: "POST")
    public static let put = Method(rawValue: "PUT")
    public static let patch = Method(rawValue: "PATCH")
    public static let delete = Method(rawValue: "DELETE")

    /// Itself if it is one of the above, else `other`: anybody may send any word, and labels must be few.
    public var label: String {
        switch self {
        case .get, .head, .post, .put, .patch, .delete: rawValue
        default: "other"
        }
    }
}

extension Method: CustomStringConvertible {
    public var description: String { rawValue }
}
