/// The mail server that letters are given to.
public struct SMTPServer: Hashable, Sendable {
    public enum Encryption: Hashable, Sendable {
        /// None at all.
        case none
        /// STARTTLS where the server offers it.
        case whereOffered
        /// STARTTLS, or no mail.
        case required
        /// TLS from the first byte (`smtps://`).
        case implicit
    }

    /// How Lanyard shows who it is.
    public struct Login: Hashable, Sendable {
        public var name: String
        public var password: String

        public init(name: String, password: String) {
            self.name = name
            self.password = password
        }
    }

    public var host: String
    public var port: UInt16
    public var encryption: Encryption
    public var login: Login?
    /// A file with the certificates of those who vouch for servers; nil: the system's own.
    public var authorities: String?

    public init(host: String, port: UInt16, encryption: Encryption, login: Login? = nil) {
        self.host = host
        self.port = port
        self.encryption = encryption
        self.login = login
    }

    /// The server's address as libcurl takes it.
    ///
    /// - Parameter client: what the client says that it is (RFC 5321, section 4.1.1.1).
    func url(client: String) -> String {
        let scheme = encryption == .implicit ? "smtps" : "smtp"
        return "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(client)"
    }
}
