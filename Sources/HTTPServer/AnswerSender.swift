internal import CMicrohttpd
import HTTP
import Synchronization

/// Hands one answer to libmicrohttpd, on the connection's own thread.
struct AnswerSender {
    let service: Service
    let exchange: Exchange
    let pointer: OpaquePointer

    func send(_ response: Response) -> MHD_Result {
        switch response.body {
        case .bytes(let bytes): send(response, bytes: bytes)
        case .stream(let stream): send(response, stream: stream)
        }
    }

    private func send(_ response: Response, bytes: [UInt8]) -> MHD_Result {
        let made = bytes.withUnsafeBytes { bytes in
            // The library copies them at once; it only forgot to say const.
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        return queue(made, for: response)
    }

    private func send(
        _ response: Response, stream: @escaping @Sendable (BodyWriter) async throws -> Void
    ) -> MHD_Result {
        let buffer = StreamBuffer(
            capacity: service.limits.streamBufferBytes, connection: SuspendableConnection(pointer))
        let unknownSize = UInt64.max
        let made = MHD_create_response_from_callback(
            response.streamedBytes ?? unknownSize, 16 << 10, readStream,
            Unmanaged.passRetained(buffer).toOpaque(), releaseStream)
        guard let made else {
            Unmanaged.passUnretained(buffer).release()
            return .NO
        }
        defer { MHD_destroy_response(made) }
        let result = queue(made, for: response)
        guard result == .YES else { return .NO }
        exchange.stream.withLock { $0 = buffer }
        buffer.start(stream)
        // Whoever stops the server may have looked for streams before this one was there.
        if service.isStopping.load(ordering: .sequentiallyConsistent) { buffer.stop() }
        return .YES
    }

    private func queue(_ made: OpaquePointer, for response: Response) -> MHD_Result {
        for field in response.headers.fields where !field.isTheLibrarys && !field.value.isEmpty {
            guard MHD_add_response_header(made, field.name, field.value) == .YES else { return .NO }
        }
        if service.isStopping.load(ordering: .relaxed) {
            _ = MHD_add_response_header(made, "Connection", "close")
        }
        return MHD_queue_response(pointer, UInt32(response.status.rawValue), made)
    }
}

extension Headers.Field {
    /// Whether the library works it out itself and refuses to be told.
    fileprivate var isTheLibrarys: Bool {
        let name = name.lowercased()
        return name == "content-length" || name == "transfer-encoding" || name == "connection"
    }
}

private let readStream: MHD_ContentReaderCallback = { context, _, target, count in
    // MHD_CONTENT_READER_END_OF_STREAM and _END_WITH_ERROR are casts, which Swift does not import.
    let (endOfStream, endWithError) = (-1, -2)
    guard let context, let target else { return endWithError }
    let buffer = Unmanaged<StreamBuffer>.fromOpaque(context).takeUnretainedValue()
    switch buffer.read(into: UnsafeMutableRawBufferPointer(start: target, count: count)) {
    case .bytes(let count): return count
    case .nothing: return 0
    case .end: return endOfStream
    case .broken: return endWithError
    }
}

private let releaseStream: MHD_ContentReaderFreeCallback = { context in
    guard let context else { return }
    Unmanaged<StreamBuffer>.fromOpaque(context).takeRetainedValue().clientLeft()
}
