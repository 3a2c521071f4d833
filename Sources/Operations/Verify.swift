public import Registration
internal import Storage

extension FrontOfHouse {
    /// Checks the rules over the whole database; empty if all hold. Reads a consistent view beside a running
    /// daemon.
    public func verify() async throws -> [Breach] {
        let now = now
        return try await store.read { try $0.breaches(at: now) }
    }
}
