import Glibc
import Synchronization

/// A Zebra label printer as CUPS's `socket` backend sees it: a TCP port that takes ZPL.
public final class ZebraPrinter: Sendable {
    public enum Manner: Sendable {
        /// Takes everything, up to 64 MiB a label.
        case accepting
        /// Takes the connection and drops it, with what was sent.
        case hangingUp
        /// Takes the connection and reads nothing.
        case stuck
    }

    static let labelLimit = 64 << 20

    public let port: UInt16
    private let state = Mutex(State())

    private struct State {
        var manner = Manner.accepting
        var labels: [[UInt8]] = []
        /// What is switched on, until it is closed.
        var listener: Listener?
        var isToEnd = false
        var isConnected = false
    }

    public var uri: String { "socket://127.0.0.1:\(port)" }

    /// Switches it on.
    public init() throws {
        port = try FreePort.find()
        try comeBack()
    }

    deinit { state.withLock { $0.isToEnd = true } }

    /// The ZPL of each connection that sent anything, in their order.
    public var labels: [String] {
        state.withLock { state in state.labels.map { String(decoding: $0, as: UTF8.self) } }
    }

    /// Whether somebody is sending a label at this moment.
    public var isConnected: Bool { state.withLock(\.isConnected) }

    public func set(_ manner: Manner) { state.withLock { $0.manner = manner } }

    /// Pulls its plug: connections are refused from now on. Returns when that is so.
    public func vanish() async throws {
        state.withLock { $0.isToEnd = true }
        try await eventually("the port is closed", isTrue: { state.withLock { $0.listener == nil } })
    }

    /// Switches it on again.
    public func comeBack() throws {
        let listener = try Listener(port: port)
        state.withLock { state in
            state.isToEnd = false
            state.listener = listener
        }
        inThread { [weak self] in
            while let printer = self, printer.serve() {}
        }
    }

    /// Takes at most one connection; false when the printer is off.
    private func serve() -> Bool {
        let listener = state.withLock { state in
            if state.isToEnd { state.listener = nil }
            return state.listener
        }
        guard let listener else { return false }
        var event = pollfd(fd: listener.handle, events: Int16(POLLIN), revents: 0)
        guard poll(&event, 1, 20) > 0 else { return true }
        let connection = accept(listener.handle, nil, nil)
        guard connection >= 0 else { return true }
        state.withLock { $0.isConnected = true }
        defer {
            close(connection)
            state.withLock { $0.isConnected = false }
        }
        if let label = receive(connection), !label.isEmpty { state.withLock { $0.labels.append(label) } }
        return true
    }

    /// What comes until the other side ends, or nil if it is not all taken.
    private func receive(_ connection: Int32) -> [UInt8]? {
        var label: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while label.count < ZebraPrinter.labelLimit {
            let (manner, isToEnd) = state.withLock { ($0.manner, $0.isToEnd) }
            if isToEnd || manner == .hangingUp {
                var reset = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    connection, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
                return nil
            }
            if manner == .stuck {
                usleep(20_000)
                continue
            }
            var event = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
            guard poll(&event, 1, 20) > 0 else { continue }
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return count == 0 ? label : nil }
            label += buffer[..<count]
        }
        return nil
    }
}
