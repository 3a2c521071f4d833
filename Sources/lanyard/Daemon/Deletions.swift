import Log
import Operations

/// Deletes what people need once an event's time for that has come, and overwrites what the database's file still
/// has of people who were erased: at the daemon's start, and as time passes.
enum Deletions {
    static let pause = Duration.seconds(60)
    /// A larger file is rewritten only before anybody is served: it would keep them, and the watchdog, waiting for
    /// too long.
    static let servedFileLimitBytes = 128 << 20
    /// How much longer than usual a start may take that rewrites such a file.
    private static let startMicroseconds: UInt64 = 30 * 60 * 1_000_000
    private static let overwriting = "What the file has of deleted data could not be overwritten"

    static func start(_ front: FrontOfHouse, log: Logger) -> Task<Void, Never> {
        Task {
            var hasWarned = false
            while !Task.isCancelled {
                await attempt("Access and dietary needs could not be deleted", log) {
                    let events = try await front.purgeNeedsDue()
                    if events > 0 { log.notice("Access and dietary needs were deleted", ["events": events]) }
                }
                await attempt(overwriting, log) {
                    let outcome = try await front.overwriteErased(fileLimitBytes: servedFileLimitBytes)
                    tell(outcome, log)
                    if case .tooLarge(let bytes) = outcome, !hasWarned {
                        log.warning(
                            "The file is too large to overwrite what it has of deleted data while people are"
                                + " served; it is done at the next start: restart Lanyard at a quiet time",
                            ["bytes": bytes])
                        hasWarned = true
                    }
                }
                try? await Task.sleep(for: pause)
            }
        }
    }

    /// Does for a large file what can't be done while people are served.
    static func overwriteBeforeServing(_ front: FrontOfHouse, log: Logger) async {
        await attempt(overwriting, log) {
            let outcome = try await front.overwriteErased(fileLimitBytes: servedFileLimitBytes)
            guard case .tooLarge(let bytes) = outcome else { return tell(outcome, log) }
            log.notice("What the file has of deleted data is overwritten first", ["bytes": bytes])
            ServiceManager.tell("EXTEND_TIMEOUT_USEC=\(startMicroseconds)")
            tell(try await front.overwriteErased(), log)
        }
    }

    private static func tell(_ outcome: OverwriteOutcome, _ log: Logger) {
        guard case .overwritten(let people) = outcome, people > 0 else { return }
        log.notice("What the file had of deleted data was overwritten", ["people": people])
    }

    private static func attempt(
        _ failure: String, _ log: Logger, _ work: () async throws -> Void
    ) async {
        do {
            try await work()
        } catch {
            // Lanyard stops, and goes on with it when it starts.
            if Task.isCancelled { return }
            log.error("\(failure); it is tried again", ["error": "\(error)"])
        }
    }
}
