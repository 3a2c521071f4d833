import Synchronization

/// The books of all open connections, by their descriptors.
final class Connections: Sendable {
    private struct State {
        var open: [Int32: Connection] = [:]
        var perClient: [String: Int] = [:]
    }

    enum Admission {
        case admitted(Connection)
        case full
        case tooManyOfAddress
    }

    private let state = Mutex(State())
    private let limit: Int
    private let perAddressLimit: Int

    init(limit: Int, perAddressLimit: Int) {
        self.limit = limit
        self.perAddressLimit = perAddressLimit
    }

    func admit(_ connection: Connection) -> Admission {
        state.withLock { state in
            if state.open.count >= limit { return .full }
            if let client = connection.countedTo, perAddressLimit > 0 {
                let count = state.perClient[client, default: 0]
                if count >= perAddressLimit { return .tooManyOfAddress }
                state.perClient[client] = count + 1
            }
            state.open[connection.descriptor] = connection
            return .admitted(connection)
        }
    }

    /// To be called before the descriptor is closed, as the kernel gives it away again at once.
    func remove(_ descriptor: Int32) {
        state.withLock { state in
            guard let connection = state.open.removeValue(forKey: descriptor),
                let client = connection.countedTo, let count = state.perClient[client]
            else { return }
            state.perClient[client] = count > 1 ? count - 1 : nil
        }
    }

    /// To be called when nobody serves connections any more.
    func removeAll() {
        state.withLock { $0 = State() }
    }

    subscript(descriptor: Int32) -> Connection? {
        state.withLock { $0.open[descriptor] }
    }

    var count: Int { state.withLock { $0.open.count } }

    /// Calls `body` with each connection; none of their descriptors is closed meanwhile.
    func forEach(_ body: (Connection) -> Void) {
        state.withLock { state in
            for connection in state.open.values { body(connection) }
        }
    }
}
