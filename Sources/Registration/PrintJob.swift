public typealias PrintJobID = Identifier<PrintJob>

/// One badge on its way to paper.
public struct PrintJob: Sendable {
    public var id: PrintJobID
    public var event: EventID
    public var attendee: AttendeeID
    /// Which badge of the person it is, 1 for the first; its QR says so too.
    public var number: Int
    /// The name of a printer in the configuration.
    public var printer: String
    public var state: PrintState
    /// Why it waits or failed, in plain words; empty where there is nothing to say.
    public var reason: String
    /// The job's number at the print server, once it is there.
    public var spooledAs: Int?
    /// When the print server began it, in seconds since 1970 by that server's clock; nil while it has not.
    public var begunAt: Int?
    public var requested: Timestamp
    public var changed: Timestamp

    public init(
        id: PrintJobID, event: EventID, attendee: AttendeeID, number: Int, printer: String, state: PrintState,
        reason: String, spooledAs: Int?, begunAt: Int?, requested: Timestamp,
        changed: Timestamp
    ) {
        self.id = id
        self.event = event
        self.attendee = attendee
        self.number = number
        self.printer = printer
        self.state = state
        self.reason = reason
        self.spooledAs = spooledAs
        self.begunAt = begunAt
        self.requested = requested
        self.changed = changed
    }
}
