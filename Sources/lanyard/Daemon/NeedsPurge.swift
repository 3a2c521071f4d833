import Log
import Operations

/// Deletes what people need once an event's time for that has come: at the daemon's start, and as time passes.
enum NeedsPurge {
    static let pause = Duration.seconds(60)

    static func start(_ front: FrontOfHouse, log: Logger) -> Task<Void, Never> {
        Task {
            while !Task.isCancelled {
                do {
                    let events = try await front.purgeNeedsDue()
                    if events > 0 { log.notice("Access and dietary needs were deleted", ["events": events]) }
                } catch {
                    // Lanyard stops, and goes on with it when it starts.
                    if Task.isCancelled { return }
                    log.error(
                        "Access and dietary needs could not be deleted; it is tried again in a minute",
                        ["error": "\(error)"])
                }
                try? await Task.sleep(for: pause)
            }
        }
    }
}
