/// What the configuration file says, checked; `Settings()` is what an empty file says.
public struct Settings: Hashable, Sendable {
    public var database = DatabaseAddress.sqlite(path: "/var/lib/lanyard/lanyard.db")
    public var http = HTTP()
    public var printing = Printing()
    public var printers: [Printer] = []
    public var doors: [Door] = []
    public var limits = Limits()
    public var badges = Badges()
    /// Nil where the file has no [mail]: then no letters are written.
    public var mail: Mail?
    public var log = Log()

    public init() {}

    /// The pages and the API.
    public struct HTTP: Hashable, Sendable {
        public var listen = ListenAddress.tcp(host: "127.0.0.1", port: 8_080)
        /// How people reach the pages, without a `/` at its end; nil: at the address listened on.
        public var publicURL: String?
        /// Whose `X-Forwarded-For` is believed.
        public var trustedProxies: [AddressRange] = []
        /// Whether the API registers people for whoever asks without a token.
        public var registersWithoutToken = true

        public init() {}
    }

    public struct Printing: Hashable, Sendable {
        /// `host:port` or a socket's path; nil: the system's own CUPS.
        public var server: String?

        public init() {}
    }

    /// Where badges come out.
    public struct Printer: Hashable, Sendable {
        public enum Destination: Hashable, Sendable {
            /// A CUPS queue.
            case queue(String)
            /// A folder that PDF files are written to.
            case folder(String)
        }

        public static let defaultTemplate = "conference-a6"

        public var name: String
        public var destination: Destination
        /// A file of the badges' folder, without `.svg`.
        public var template: String

        public init(name: String, destination: Destination, template: String = defaultTemplate) {
            self.name = name
            self.destination = destination
            self.template = template
        }
    }

    /// Where scans arrive.
    public struct Door: Hashable, Sendable {
        public var name: String
        public var listen: ListenAddress
        /// An event's slug.
        public var event: String
        /// `entrance`, or a session's slug.
        public var point: String
        /// The name of the printer that prints the badge at the first admission.
        public var printer: String?
        /// Who may connect; a Unix socket's file mode decides for it instead.
        public var allow: [AddressRange]
        /// How long nothing must come until a half line counts as ended.
        public var endAfterMilliseconds = 2_000
        public var connectionLimit: Int
        /// The permissions of a Unix socket's file.
        public var socketMode: UInt32 = 0o660

        public init(
            name: String, listen: ListenAddress, event: String, point: String = "entrance",
            printer: String? = nil, allow: [AddressRange], connectionLimit: Int = Limits().doorConnections
        ) {
            self.name = name
            self.listen = listen
            self.event = event
            self.point = point
            self.printer = printer
            self.allow = allow
            self.connectionLimit = connectionLimit
        }
    }

    public struct Badges: Hashable, Sendable {
        /// Where the templates are; nil: those that came with the program.
        public var folder: String?

        public init() {}
    }

    public struct Log: Hashable, Sendable {
        public enum Level: String, CaseIterable, Hashable, Sendable {
            case debug, info, notice, warning, error
        }

        /// The least that is written.
        public var level = Level.info

        public init() {}
    }
}

/// Which database.
public enum DatabaseAddress: Hashable, Sendable {
    case sqlite(path: String)

    /// Reads `sqlite:PATH`.
    public init(_ text: String) throws(InvalidText) {
        if text.hasPrefix("postgresql:") || text.hasPrefix("postgres:") {
            throw InvalidText("names PostgreSQL, which is not supported yet; write \"sqlite:PATH\"")
        }
        guard text.hasPrefix("sqlite:"), text.utf8.count > 7, !text.utf8.contains(0) else {
            throw InvalidText("is to be \"sqlite:PATH\", not \"\(text.prefix(80))\"")
        }
        self = .sqlite(path: String(text.dropFirst(7)))
    }
}
