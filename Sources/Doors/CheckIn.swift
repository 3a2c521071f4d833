public import Registration

/// Records a scan and says its verdict, after the scan is on disk.
///
/// The answer may come on any thread and in any order; it must come exactly once.
public typealias CheckIn =
    @Sendable (ScanRequest, @escaping @Sendable (Result<ScanAnswer, any Error>) -> Void) -> Void

public struct PointAddress: Hashable, Sendable {
    public var event: String
    public var point: String

    public init(event: String, point: String) {
        self.event = event
        self.point = point
    }
}

public struct ScanRequest: Sendable {
    public var id: String?
    public var text: String
    public var point: PointAddress
    public var door: String
    public var scannedAt: Timestamp?

    public init(id: String?, text: String, point: PointAddress, door: String, scannedAt: Timestamp?) {
        self.id = id
        self.text = text
        self.point = point
        self.door = door
        self.scannedAt = scannedAt
    }
}

public struct ScanAnswer: Sendable {
    public var verdict: Verdict
    public var reference: Reference?
    public var name: String?
    public var text: String
    public var scan: Int64

    public init(verdict: Verdict, reference: Reference?, name: String?, text: String, scan: Int64) {
        self.verdict = verdict
        self.reference = reference
        self.name = name
        self.text = text
        self.scan = scan
    }
}

public struct Overloaded: Error {
    public init() {}
}

public struct UnknownPoint: Error {
    public init() {}
}
