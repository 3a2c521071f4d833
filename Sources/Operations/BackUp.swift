internal import Storage

public enum BackUpOutcome: Sendable {
    case done
    /// Nothing is ever written over.
    case fileExists
}

extension FrontOfHouse {
    /// Copies the whole database as it is at one moment into a new file, and returns once that is on disk.
    public func backUp(to path: String) async throws -> BackUpOutcome {
        try await store.backUp(to: path) ? .done : .fileExists
    }
}
