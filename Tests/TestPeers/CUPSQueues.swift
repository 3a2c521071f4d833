/// What a queue does with a job that its printer did not take.
public enum QueueErrorPolicy: String, CaseIterable, Sendable {
    case abortJob = "abort-job"
    case stopPrinter = "stop-printer"
    case retryJob = "retry-job"
    case retryCurrentJob = "retry-current-job"
}

extension PrivateCUPS {
    /// Adds a queue for a printer that speaks IPP, with the sizes that the printer says it has.
    public func addQueue(
        _ name: String, to printer: VirtualIPPPrinter, errorPolicy: QueueErrorPolicy = .retryJob
    ) async throws {
        note(printer)
        try await run(
            "lpadmin", "-p", name, "-E", "-v", printer.uri, "-m", "everywhere", "-o",
            "printer-error-policy=\(errorPolicy.rawValue)")
        // CUPS asks the printer for its papers after it has answered lpadmin.
        try await eventually(
            "the queue knows its papers",
            isTrue: {
                try await run("lpoptions", "-p", name, "-l").contains("PageSize/")
            })
    }

    /// Adds a queue with CUPS's own driver for Zebra label printers.
    public func addQueue(
        _ name: String, to printer: ZebraPrinter, errorPolicy: QueueErrorPolicy = .retryJob
    ) async throws {
        try await run(
            "lpadmin", "-p", name, "-E", "-v", printer.uri, "-m", "drv:///sample.drv/zebra.ppd", "-o",
            "printer-error-policy=\(errorPolicy.rawValue)")
    }

    public func removeQueue(_ name: String) async throws { try await run("lpadmin", "-x", name) }

    /// Stops a queue: it still takes jobs but prints none.
    public func pause(_ queue: String) async throws { try await run("cupsdisable", queue) }
    public func resume(_ queue: String) async throws { try await run("cupsenable", queue) }

    /// Lets a queue take no more jobs.
    public func reject(_ queue: String) async throws { try await run("cupsreject", queue) }
    public func accept(_ queue: String) async throws { try await run("cupsaccept", queue) }
}
