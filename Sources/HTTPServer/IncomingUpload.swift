import HTTP
import Synchronization

/// An upload between the thread that receives it and the handler that reads it: a few pieces at most, so that a
/// handler that takes it in slowly slows the client down.
///
/// It alone suspends the connection until the whole body is here, and resumes it.
final class IncomingUpload: Sendable {
    private enum Phase {
        /// The handler has not asked for the body yet, and none of it is read.
        case unasked
        case open
        /// All of it is here.
        case ended
        /// What the handler is told instead of the rest.
        case failed(any Error)
        /// The handler has answered, or nobody waits for its answer any more.
        case over
    }

    private struct State {
        var phase = Phase.unasked
        var pieces: [UploadPiece] = []
        var read = 0
        var waitingBytes = 0
        var receivedBytes = 0
        var suspended: SuspendableConnection?
        var wasSuspendedAtHeaders = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let upload: Upload
    private let form: FormReader?
    private let connection: Connection
    private let bufferBytes: Int

    /// - Parameter form: what reads the body where it is a form.
    init(_ upload: Upload, form: FormReader?, on connection: Connection, bufferBytes: Int) {
        self.upload = upload
        self.form = form
        self.connection = connection
        self.bufferBytes = bufferBytes
    }

    var reader: UploadReader { UploadReader { try await self.next() } }

    // MARK: On the connection's thread

    /// The handler has begun: nothing is read until it asks for the body or answers.
    func holdBody(_ connection: SuspendableConnection) {
        state.withLock { state in
            guard case .unasked = state.phase else { return }
            suspend(&state, connection)
            state.wasSuspendedAtHeaders = true
        }
    }

    /// Whether this call of the library's is not about the body but the one that it repeats after a connection was
    /// suspended with its headers.
    func isAtHeaders() -> Bool {
        state.withLock { state in
            defer { state.wasSuspendedAtHeaders = false }
            return state.wasSuspendedAtHeaders
        }
    }

    /// A piece of the body is here.
    func take(_ piece: UnsafeRawBufferPointer, suspending connection: SuspendableConnection) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.wasSuspendedAtHeaders = false
            guard case .open = state.phase else { return nil }
            do {
                try add(piece, to: &state)
                if state.waitingBytes >= bufferBytes { suspend(&state, connection) }
            } catch {
                fail(&state, error)
                // Nothing more is wanted until the handler has answered.
                suspend(&state, connection)
            }
            return take(&state.reader)
        }
        waiting?.resume()
    }

    /// All of the body is here.
    func end() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch state.phase {
            case .unasked, .open:
                do {
                    try form?.finish().forEach { keep($0, in: &state) }
                    // A handler that has not asked is told all the same.
                    state.phase = .ended
                } catch {
                    fail(&state, error)
                }
            case .ended, .failed, .over: break
            }
            return take(&state.reader)
        }
        waiting?.resume()
    }

    private func add(_ piece: UnsafeRawBufferPointer, to state: inout State) throws {
        state.receivedBytes += piece.count
        guard state.receivedBytes <= upload.limitBytes else {
            throw RequestError.contentTooLarge(limitBytes: upload.limitBytes)
        }
        guard let form else { return keep(.bytes(Array(piece)), in: &state) }
        for found in try form.parse(piece) { keep(found, in: &state) }
    }

    private func keep(_ piece: UploadPiece, in state: inout State) {
        state.pieces.append(piece)
        state.waitingBytes += piece.countedBytes
    }

    private func fail(_ state: inout State, _ error: any Error) {
        state.phase = .failed(error)
    }

    private func suspend(_ state: inout State, _ connection: SuspendableConnection) {
        // The library breaks if it is told twice, and may call for another piece after it was told.
        guard state.suspended == nil else { return }
        connection.suspend()
        state.suspended = connection
    }

    private func resume(_ state: inout State) {
        state.suspended?.resume()
        state.suspended = nil
    }

    private func take(_ reader: inout CheckedContinuation<Void, Never>?) -> CheckedContinuation<Void, Never>?
    {
        defer { reader = nil }
        return reader
    }

    // MARK: From the handler's side

    /// The handler has answered, or its answer is not waited for.
    func leave() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.phase = .over
            state.pieces = []
            resume(&state)
            return take(&state.reader)
        }
        waiting?.resume()
    }

    private enum Found {
        case piece(UploadPiece)
        case end
        case nothing
    }

    private func next() async throws -> UploadPiece? {
        while true {
            switch try state.withLock({ try find(in: &$0) }) {
            case .piece(let piece): return piece
            case .end: return nil
            case .nothing: await somethingCame()
            }
        }
    }

    private func find(in state: inout State) throws -> Found {
        if case .unasked = state.phase {
            state.phase = .open
            // What its sender needs longer for than for other requests was refused to everybody else by now.
            connection.requestBegan(deadline: Moment.now.adding(seconds: upload.seconds))
            resume(&state)
        }
        if state.read < state.pieces.count { return .piece(nextPiece(of: &state)) }
        switch state.phase {
        case .unasked, .open: return .nothing
        case .ended: return .end
        case .failed(let error): throw error
        case .over: throw RequestError.badRequest("This upload broke off before its end.")
        }
    }

    private func nextPiece(of state: inout State) -> UploadPiece {
        let piece = state.pieces[state.read]
        state.read += 1
        state.waitingBytes -= piece.countedBytes
        if state.read == state.pieces.count {
            state.pieces.removeAll(keepingCapacity: true)
            state.read = 0
        }
        if case .open = state.phase, state.waitingBytes <= bufferBytes / 2 { resume(&state) }
        return piece
    }

    /// Waits until there is a piece, or no more will come.
    private func somethingCame() async {
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                guard case .open = state.phase, state.pieces.isEmpty else { return false }
                state.reader = continuation
                return true
            }
            if !mustWait { continuation.resume() }
        }
    }
}

extension UploadPiece {
    /// What it counts for while it waits.
    fileprivate var countedBytes: Int {
        switch self {
        case .field(let name, let value): name.utf8.count + value.utf8.count
        case .file(let name, let fileName): name.utf8.count + fileName.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}
