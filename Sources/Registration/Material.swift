/// What attendees of a session may take home: a file or a link.
public struct Material: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case file(bytes: Int)
        case link(address: String)
    }

    public var id: MaterialID
    public var event: EventID
    public var session: SessionID
    /// A file's name, or what a link is called.
    public var name: String
    public var content: Content
    public var added: Timestamp

    public init(
        id: MaterialID, event: EventID, session: SessionID, name: String, content: Content, added: Timestamp
    ) {
        self.id = id
        self.event = event
        self.session = session
        self.name = name
        self.content = content
        self.added = added
    }

    /// The most that one file may have.
    public static let fileBytesLimit = 50 << 20
    /// Files and links of one session.
    public static let sessionLimit = 20
    /// The most that all files of an event may come to.
    public static let eventBytesLimit = 2 << 30
    public static let nameLimit = 120
    public static let addressLimit = 2_000
}

public typealias MaterialID = Identifier<Material>

/// What is wrong with a file's name, or with a link.
public enum MaterialProblem: Error, Hashable, Sendable {
    case nameMissing
    case nameTooLong
    case nameUnprintable
    case addressTooLong
    /// It is no address of the web.
    case notAnAddress
}

extension Material {
    /// What a file is called here, from what its sender calls it: some send its folders along.
    public static func fileName(_ sent: String) throws(MaterialProblem) -> String {
        let name =
            sent.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map { String($0).trimmed } ?? ""
        guard name != ".", name != ".." else { throw .nameMissing }
        return try self.name(name)
    }

    /// What a link is called.
    public static func name(_ typed: String) throws(MaterialProblem) -> String {
        let name = typed.trimmed
        guard name.isVisible else { throw .nameMissing }
        guard !name.isLonger(than: nameLimit) else { throw .nameTooLong }
        guard !name.hasUnprintables(isProse: false) else { throw .nameUnprintable }
        return name
    }

    /// Where a link leads: `https://` or `http://`, a host, and nothing that is not seen.
    public static func address(_ typed: String) throws(MaterialProblem) -> String {
        let address = typed.trimmed
        guard !address.isLonger(than: addressLimit) else { throw .addressTooLong }
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: { address.lowercased().hasPrefix($0) }),
            let first = address.dropFirst(scheme.count).first,
            first.isLetter || first.isNumber || first == "[",
            // What looks like the address of one host and leads to another.
            !address.dropFirst(scheme.count).prefix(while: { !"/?#".contains($0) }).contains("@"),
            !address.contains(where: \.isWhitespace), !address.hasUnprintables(isProse: false),
            !address.hasIgnorables
        else { throw .notAnAddress }
        return address
    }
}
