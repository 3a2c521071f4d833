import HTTP
import Synchronization

/// One request and its answer, from the request line to the last byte sent.
///
/// The connection's thread takes the request in and sends the answer; a task in between makes the answer. Each
/// step is taken under the lock, and whoever ends `handling` resumes the connection, so it happens once.
final class Exchange: Sendable {
    private enum Phase {
        /// Only the request line is here.
        case begun
        case receiving(RequestIntake)
        /// The handler reads the body as it comes.
        case uploading(IncomingUpload)
        /// The handler answered before the body's end.
        case answeredEarly(Response, IncomingUpload)
        /// Refused by hand; what still comes is dropped.
        case refused(droppedBytes: Int)
        /// The handler has begun and the connection is not suspended yet; perhaps it need never be.
        case starting
        /// The connection is suspended until there is an answer.
        case handling(SuspendableConnection)
        case answered(Response)
        case sending
        /// The server stopped before there was an answer.
        case abandoned
    }

    /// What the connection's thread is to do.
    enum Step {
        case proceed
        /// Send this answer by hand, to this request, of which the rest is dropped.
        case refuse(Response, Request, RouteMatch)
        /// The same for an answer that a handler gave.
        case cutShort(Response)
        /// Have this request answered, then advance again.
        case handle(Request, RouteMatch)
        case send(Response)
        case close
    }

    let connection: Connection
    let target: String
    let began: ContinuousClock.Instant
    /// The body being streamed.
    let stream = Mutex<StreamBuffer?>(nil)
    private let phase = Mutex(Phase.begun)

    init(connection: Connection, target: String) {
        self.connection = connection
        self.target = target
        began = .now
    }

    /// Headers are here.
    func receive(_ intake: RequestIntake) {
        phase.withLock { $0 = .receiving(intake) }
    }

    /// Headers are here, and the handler reads the body as it comes.
    func receive(_ upload: IncomingUpload) {
        phase.withLock { $0 = .uploading(upload) }
    }

    var hasBegunOnly: Bool {
        phase.withLock { phase in
            if case .begun = phase { true } else { false }
        }
    }

    /// A piece of the body is here.
    func take(
        _ piece: UnsafeRawBufferPointer, router: Router, drainLimit: Int,
        suspending connection: SuspendableConnection
    ) -> Step {
        phase.withLock { phase in
            switch phase {
            case .receiving(var intake):
                // Let go of the array's other owner, or each piece copies all before it.
                phase = .begun
                if let error = intake.take(piece) {
                    phase = .refused(droppedBytes: 0)
                    let answer = router.show(error, to: intake.request, as: intake.match)
                    return .refuse(answer, intake.request, intake.match)
                }
                phase = .receiving(intake)
                return .proceed
            case .uploading(let upload):
                upload.take(piece, suspending: connection)
                return .proceed
            case .answeredEarly(let response, _):
                phase = .refused(droppedBytes: piece.count)
                return .cutShort(response)
            case .refused(let dropped):
                guard dropped + piece.count <= drainLimit else { return .close }
                phase = .refused(droppedBytes: dropped + piece.count)
                return .proceed
            default: return .close
            }
        }
    }

    /// The request was refused on its headers.
    func refuse() {
        phase.withLock { $0 = .refused(droppedBytes: 0) }
    }

    /// Everything is here, or the handler has begun, or the connection was resumed. Suspends the connection if
    /// the handler has begun and there is no answer yet.
    func advance(suspending connection: SuspendableConnection) -> Step {
        phase.withLock { phase in
            switch phase {
            case .receiving(let intake):
                guard self.connection.requestArrived() else {
                    phase = .abandoned
                    return .close
                }
                phase = .starting
                return .handle(intake.request, intake.match)
            case .uploading(let upload):
                if upload.isAtHeaders() { return .proceed }
                guard self.connection.requestArrived() else {
                    phase = .abandoned
                    upload.leave()
                    return .close
                }
                connection.suspend()
                phase = .handling(connection)
                upload.end()
                return .proceed
            case .answeredEarly(let response, let upload):
                if upload.isAtHeaders() {
                    phase = .refused(droppedBytes: 0)
                    return .cutShort(response)
                }
                phase = .sending
                return self.connection.requestArrived() ? .send(response) : .close
            case .answered(let response):
                phase = .sending
                return .send(response)
            case .starting:
                connection.suspend()
                phase = .handling(connection)
                return .proceed
            case .handling: return .proceed
            case .begun, .refused, .sending, .abandoned: return .close
            }
        }
    }

    /// The answer is there: the connection's thread is called for it. Does nothing if nobody waits any more.
    func answer(_ response: Response) {
        end(.answered(response), ofUpload: { .answeredEarly(response, $0) })
    }

    /// The server stops waiting for the answer.
    func abandon() {
        end(.abandoned, ofUpload: { _ in .abandoned })
    }

    /// The connection is over, or the next request on it may begin.
    func close() {
        phase.withLock { phase in
            if case .uploading(let upload) = phase { upload.leave() }
        }
    }

    private func end(_ next: Phase, ofUpload nextOfUpload: (IncomingUpload) -> Phase) {
        phase.withLock { phase in
            switch phase {
            case .starting: phase = next
            case .handling(let connection):
                phase = next
                connection.resume()
            case .uploading(let upload):
                phase = nextOfUpload(upload)
                upload.leave()
            default: break
            }
        }
    }
}
