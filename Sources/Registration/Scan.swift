/// One attempt at a check-in point, as it is kept.
public struct Scan: Sendable {
    /// Who or what was scanned.
    public enum Subject: Hashable, Sendable {
        case attendee(AttendeeID, print: Int?)
        /// What is no attendee's code, as it was read.
        case stray(String)
    }

    public var id: Int64
    public var event: EventID
    public var point: PointID
    public var door: String
    /// What the scanner calls the scan, where it names them; unique in the event for each door.
    public var givenID: String?
    public var subject: Subject
    /// When the scanner says that it happened.
    public var scanned: Timestamp
    public var received: Timestamp
    public var verdict: Verdict

    public init(
        id: Int64, event: EventID, point: PointID, door: String, givenID: String?, subject: Subject,
        scanned: Timestamp, received: Timestamp, verdict: Verdict
    ) {
        self.id = id
        self.event = event
        self.point = point
        self.door = door
        self.givenID = givenID
        self.subject = subject
        self.scanned = scanned
        self.received = received
        self.verdict = verdict
    }

    /// How long the same code on the same door is the same scan (rule 6): a scanner that reads twice, a badge
    /// that stays in front of it.
    public static let repeatMilliseconds: Int64 = 3_000

    /// In which spans of time admissions are counted, from whole multiples since 1970 on.
    public static let arrivalSpanMilliseconds: Int64 = 5 * 60 * 1_000
}

extension Verdict {
    /// The verdict's name in tables, the API and activity: `admit`, `again` or `deny`.
    public var word: String {
        switch self {
        case .admit: "admit"
        case .again: "again"
        case .deny: "deny"
        }
    }

    public var reason: DenyReason? {
        if case .deny(let reason) = self { reason } else { nil }
    }
}
