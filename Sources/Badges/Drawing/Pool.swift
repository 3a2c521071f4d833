internal import Synchronization

/// Lends things that one thread at a time may use, and makes more as they are needed.
final class Pool<Resource: AnyObject & Sendable>: Sendable {
    /// More are freed when they come back: so many cores seldom render at once.
    static var idleLimit: Int { 8 }

    private let idle = Mutex<[Resource]>([])

    func lend<Result, Failure: Error>(
        make: () throws(Failure) -> Resource, _ use: (Resource) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let resource: Resource
        if let waiting = idle.withLock({ $0.popLast() }) { resource = waiting } else { resource = try make() }
        // What fails may be broken from then on, as fonts are that could not be read once: it is lent no more.
        let result = try use(resource)
        idle.withLock { idle in
            if idle.count < Self.idleLimit { idle.append(resource) }
        }
        return result
    }
}
