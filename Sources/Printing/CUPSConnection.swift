internal import CCups
import Glibc

/// One connection to a CUPS server. It blocks; it belongs to the thread that made it.
///
/// The corresponding C type is `http_t`.
struct CUPSConnection: ~Copyable {
    private let pointer: OpaquePointer
    let patience: Patience

    /// The corresponding C function is `httpConnect2`.
    init(to server: CUPSServer, patience: Patience) throws(CUPSError) {
        // Without this libcups asks for a password on the terminal. It is a setting of the thread.
        cupsSetPasswordCB2({ _, _, _, _, _ in nil }, nil)
        let remaining = patience.remainingMilliseconds
        guard
            let pointer = httpConnect2(
                server.host, server.port, nil, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1, remaining,
                patience.cancelFlag)
        else {
            throw CUPSError(
                code: .serviceUnavailable,
                message: "no connection to \(server): \(CUPSError.last().message)")
        }
        self.pointer = pointer
        self.patience = patience
        // The callback is asked each time nothing has come for so long; 1 means to go on waiting.
        httpSetTimeout(
            pointer, 0.2,
            { _, context in
                guard let context else { return 0 }
                return Unmanaged<Patience>.fromOpaque(context).takeUnretainedValue().isOver ? 0 : 1
            }, Unmanaged.passUnretained(patience).toOpaque())
    }

    deinit { httpClose(pointer) }

    /// Asks, and hands over the document if there is one; throws for every status that is no success.
    ///
    /// The corresponding C functions are `cupsSendRequest`, `cupsWriteRequestData` and `cupsGetResponse`.
    func answer(
        to request: borrowing IPPRequest, at path: String = "/", document: [UInt8] = []
    ) throws(CUPSError) -> IPPAnswer {
        // CUPS may ask for a certificate of the local user first; libcups then has it ready for the next try.
        for _ in 0..<3 {
            let length = request.length + document.count
            let status = cupsSendRequest(pointer, request.pointer, path, length)
            var wasSent = status == HTTP_STATUS_CONTINUE && document.isEmpty
            if status == HTTP_STATUS_CONTINUE, !document.isEmpty {
                // Once the last byte may have left, the server may have taken the job.
                wasSent = true
                guard write(document) else { throw CUPSError.last(mayHaveHappened: true) }
            }
            if let response = cupsGetResponse(pointer, path) {
                let answer = IPPAnswer(taking: response)
                guard answer.status < 0x0100 else {
                    throw CUPSError(code: .init(rawValue: answer.status), message: answer.message)
                }
                return answer
            }
            let replied = httpGetStatus(pointer)
            guard replied == HTTP_STATUS_UNAUTHORIZED || replied == HTTP_STATUS_UPGRADE_REQUIRED else {
                throw CUPSError.last(mayHaveHappened: wasSent)
            }
        }
        throw CUPSError(code: .notAuthorised, message: "the print server wants a password")
    }

    private func write(_ document: [UInt8]) -> Bool {
        document.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                cupsWriteRequestData(pointer, characters.baseAddress, characters.count)
            }
        } == HTTP_STATUS_CONTINUE
    }
}
