import HTTP
import Synchronization

/// A streamed body between the task that writes it and the thread that sends it: a few pieces at most, so a slow
/// client slows its writer down.
final class StreamBuffer: Sendable {
    /// What the sending thread finds.
    enum Reading {
        case bytes(Int)
        /// Nothing yet; the connection was suspended and the next write resumes it.
        case nothing
        case end
        /// The writer failed: the body must not look complete.
        case broken
    }

    private enum Phase {
        case open
        case ended
        case broken
        /// Nobody reads any more.
        case gone
    }

    private struct State {
        var phase = Phase.open
        var bytes: [UInt8] = []
        var sent = 0
        var isSuspended = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var task: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let connection: SuspendableConnection

    init(capacity: Int, connection: SuspendableConnection) {
        self.capacity = capacity
        self.connection = connection
    }

    /// Runs the writer of the body in a task of its own, once the answer is on its way.
    func start(_ stream: @escaping @Sendable (BodyWriter) async throws -> Void) {
        let task = Task {
            do {
                try await stream(BodyWriter { try await self.write($0) })
                self.finish(.ended)
            } catch {
                self.finish(.broken)
            }
        }
        let isOver = state.withLock { state in
            state.task = task
            return state.phase != .open
        }
        if isOver { task.cancel() }
    }

    private func write(_ bytes: [UInt8]) async throws {
        if bytes.isEmpty { return }
        while true {
            try Task.checkCancellation()
            let isWritten = try state.withLock { state in
                guard state.phase == .open else { throw ClientGone() }
                guard state.bytes.count - state.sent < capacity else { return false }
                state.bytes += bytes
                resume(&state)
                return true
            }
            if isWritten { return }
            await room()
        }
    }

    /// Waits until something has been sent, the client has left or the task is cancelled.
    private func room() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard state.phase == .open, state.bytes.count - state.sent >= capacity, !Task.isCancelled
                    else { return false }
                    state.waiting.append(continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            wakeWriters()
        }
    }

    private func wakeWriters() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func finish(_ phase: Phase) {
        state.withLock { state in
            guard state.phase == .open else { return }
            state.phase = phase
            resume(&state)
        }
        wakeWriters()
    }

    /// Under the lock, so that it can't come before the suspension that it ends.
    private func resume(_ state: inout State) {
        guard state.isSuspended else { return }
        state.isSuspended = false
        connection.resume()
    }

    /// What to send next. Called on the connection's thread alone.
    func read(into target: UnsafeMutableRawBufferPointer) -> Reading {
        let reading = state.withLock { state -> Reading in
            let left = state.bytes.count - state.sent
            guard left > 0 else {
                switch state.phase {
                case .open:
                    connection.suspend()
                    state.isSuspended = true
                    return .nothing
                case .ended: return .end
                case .broken, .gone: return .broken
                }
            }
            if case .gone = state.phase { return .broken }
            let count = min(left, target.count)
            target.copyBytes(from: state.bytes[state.sent..<state.sent + count])
            state.sent += count
            if state.sent == state.bytes.count {
                state.bytes.removeAll(keepingCapacity: state.sent <= capacity)
                state.sent = 0
            }
            return .bytes(count)
        }
        if case .bytes = reading { wakeWriters() }
        return reading
    }

    /// The connection is over, or its client has hung up: writers learn it, their task is cancelled.
    func clientLeft() {
        end(.gone)
    }

    /// The server stops: what is written so far is sent, then the body ends.
    func stop() {
        end(.ended)
    }

    private func end(_ phase: Phase) {
        finish(phase)
        let task = state.withLock { state in
            defer { state.task = nil }
            return state.task
        }
        task?.cancel()
    }
}
