import Log
import Operations

/// Tells systemd that the daemon is well, but only while its database answers.
enum Watchdog {
    /// Nil where nobody watches.
    static func start(_ front: FrontOfHouse, log: Logger) -> Task<Void, Never>? {
        guard let interval = ServiceManager.watchdogMicroseconds else { return nil }
        return Task {
            while !Task.isCancelled {
                do {
                    try await front.isAlive()
                    ServiceManager.tell("WATCHDOG=1")
                } catch {
                    log.error(
                        "The database does not answer, so the watchdog is not fed", ["error": "\(error)"])
                }
                // Half the interval leaves room for a slow disk.
                try? await Task.sleep(for: .microseconds(interval / 2))
            }
        }
    }
}
