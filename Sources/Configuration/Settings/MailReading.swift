extension Settings {
    /// How letters reach attendees.
    public struct Mail: Hashable, Sendable {
        public enum Outlet: Hashable, Sendable {
            case server(Server)
            /// A folder that each letter is written to as a file.
            case folder(String)
        }

        public struct Server: Hashable, Sendable {
            public var host: String
            public var port: UInt16
            /// Whether it is encrypted from the first byte (`smtps://`).
            public var isSecure: Bool
            public var tls = TLS.required
            public var login: Login?

            public init(host: String, port: UInt16, isSecure: Bool) {
                self.host = host
                self.port = port
                self.isSecure = isSecure
            }
        }

        public enum TLS: String, CaseIterable, Hashable, Sendable {
            case none
            /// STARTTLS where the server offers it.
            case starttls
            /// STARTTLS, or no mail.
            case required
        }

        public struct Login: Hashable, Sendable {
            public var username: String
            /// The file that holds the password and nothing else.
            public var passwordFile: String

            public init(username: String, passwordFile: String) {
                self.username = username
                self.passwordFile = passwordFile
            }
        }

        public static let defaultFolder = "/var/lib/lanyard/letters"

        public var outlet: Outlet
        /// Whom letters come from; empty for the address alone.
        public var senderName: String
        public var senderAddress: String
        /// Where the letters' templates are; nil: those that came with the program.
        public var templates: String?

        public init(outlet: Outlet, senderName: String = "", senderAddress: String) {
            self.outlet = outlet
            self.senderName = senderName
            self.senderAddress = senderAddress
        }
    }
}

extension Settings.Mail {
    /// Nil where something that is needed is absent or mistaken.
    static func read(_ reader: TableReader) -> Self? {
        reader.require("from")
        let server = reader.parsed("smtp", as: parseServer) ?? nil
        let from = reader.parsed("from", as: parseSender)
        let username = reader.text("username", limit: 200).flatMap { $0.isEmpty ? nil : $0 }
        let passwordFile = reader.path("password_file")
        let tls: TLS? = reader.choice("tls")
        let folder = reader.path("folder")
        let templates = reader.path("templates")
        reader.finish()

        if username != nil, passwordFile == nil {
            reader.note("username", "needs `password_file` beside it")
        } else if passwordFile != nil, username == nil {
            reader.note("password_file", "needs `username` beside it")
        }
        if server == nil, username != nil {
            reader.note("username", "is of no use without `smtp`")
        }
        if server != nil, folder != nil {
            reader.note("folder", "can't stand beside `smtp`: a letter goes to one of them")
        }
        if let server, server.isSecure, let tls, tls != .required {
            reader.note(
                "tls", "can't be \"\(tls.rawValue)\" where `smtp` is smtps://, which is always encrypted")
        } else if username != nil, let tls, tls != .required {
            reader.note(
                "tls",
                "is to be \"required\" where there is a `username`, whose password anybody could read else")
        }
        guard let from else { return nil }
        var outlet = Outlet.folder(folder ?? defaultFolder)
        if var server {
            server.tls = tls ?? .required
            if let username, let passwordFile {
                server.login = Login(username: username, passwordFile: passwordFile)
            }
            outlet = .server(server)
        }
        var mail = Self(outlet: outlet, senderName: from.name, senderAddress: from.address)
        mail.templates = templates
        return mail
    }

    /// Nil for an empty text.
    private static func parseServer(_ text: String) throws(InvalidText) -> Server? {
        if text.isEmpty { return nil }
        let form = /(smtps?):\/\/([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?\/?/
        guard let match = text.wholeMatch(of: form) else {
            throw InvalidText(
                "is to be \"smtp://HOST:PORT\" or \"smtps://HOST:PORT\", not \"\(text.prefix(80))\"")
        }
        let isSecure = match.1 == "smtps"
        // RFC 6409 and RFC 8314 name the ports for programs that hand mail in.
        var port: UInt16 = isSecure ? 465 : 587
        if let digits = match.3 {
            guard let number = UInt16(digits), number > 0 else {
                throw InvalidText("has the port \(digits); it is from 1 to 65535")
            }
            port = number
        }
        let host = match.2.hasPrefix("[") ? match.2.dropFirst().dropLast() : match.2
        return Server(host: String(host), port: port, isSecure: isSecure)
    }

    /// Reads `ADDRESS` or `NAME <ADDRESS>`.
    private static func parseSender(_ text: String) throws(InvalidText) -> (name: String, address: String) {
        var (name, address) = ("", text)
        if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
            name = String(text[..<start]).trimmed
            if name.utf8.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") {
                name = String(name.dropFirst().dropLast())
            }
            address = String(text[text.index(after: start)...].dropLast())
        }
        let form = /[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*/
        guard address.wholeMatch(of: form) != nil, address.utf8.count <= 254, name.count <= 120 else {
            throw InvalidText(
                "is to be an address such as \"events@example.org\" or \"NAME <events@example.org>\", not "
                    + "\"\(text.prefix(80))\"")
        }
        return (name, address)
    }
}
