public import Operations

/// Judges a scan and keeps it; the answer is given once it is on disk, on any thread and exactly once.
public typealias CheckIn =
    @Sendable (ScanRequest, @escaping @Sendable (Result<ScanAnswer, any Error>) -> Void) -> Void
