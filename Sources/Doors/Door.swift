/// A door as the configuration names it.
public struct Door: Sendable {
    public var name: String
    /// The event's slug.
    public var event: String
    /// `entrance`, or a session's slug.
    public var point: String
    public var address: DoorAddress
    /// The printer that prints the badge of whoever is admitted and has none; nil for no badge.
    public var printer: String?
    /// Whether a numeric IP address may connect. Unix sockets are not asked: their file's mode decides.
    public var allows: @Sendable (_ address: String) -> Bool
    /// How many may be connected at once.
    public var connections: Int
    /// How long nothing must come until a half line counts as ended.
    public var endAfterMilliseconds: Int
    /// The permissions of a Unix socket's file.
    public var fileMode: UInt32

    public init(
        name: String, event: String, point: String, address: DoorAddress, printer: String? = nil,
        allows: @escaping @Sendable (_ address: String) -> Bool, connections: Int = 256,
        endAfterMilliseconds: Int = 2_000, fileMode: UInt32 = 0o660
    ) {
        self.name = name
        self.event = event
        self.point = point
        self.address = address
        self.printer = printer
        self.allows = allows
        self.connections = connections
        self.endAfterMilliseconds = endAfterMilliseconds
        self.fileMode = fileMode
    }
}
