internal import Working

/// What the print server offers, for whoever sets up printers.
extension CUPSServer {
    /// Every queue by name, with its state and papers; throws ``CUPSError`` if the server does not answer.
    public func destinations() async throws -> [Destination] {
        try await BlockingThread().withConnection(to: self) { connection throws(CUPSError) in
            try connection.destinations()
        }
    }
}

extension BlockingThread {
    /// Opens a connection on the thread and lends it to the body.
    ///
    /// - Parameter isInterruptible: whether it stops waiting when the task is cancelled.
    func withConnection<Result: Sendable>(
        to server: CUPSServer, patienceMilliseconds: Int = PrintLimits.patienceMilliseconds,
        isInterruptible: Bool = true,
        _ body: @escaping @Sendable (borrowing CUPSConnection) throws(CUPSError) -> Result
    ) async throws -> Result {
        let patience = Patience(milliseconds: patienceMilliseconds)
        return try await withTaskCancellationHandler {
            try await run {
                let connection = try CUPSConnection(to: server, patience: patience)
                return try body(connection)
            }
        } onCancel: {
            if isInterruptible { patience.cancel() }
        }
    }
}
