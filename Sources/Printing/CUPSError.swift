internal import CCups

/// What CUPS answered instead of doing what was asked, or that it gave no answer.
public struct CUPSError: Error, Hashable {
    /// IPP's status code, so that one unknown here survives (RFC 8011, appendix B).
    public var code: Code
    /// CUPS's own words, for the log.
    public var message: String
    /// Whether the request may have been carried out although no answer came.
    public var mayHaveHappened = false

    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: Int32

        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        /// The queue or the job does not exist.
        public static let notFound = Code(rawValue: 0x0406)
        /// The user of the daemon may not do this there.
        public static let notAuthorised = Code(rawValue: 0x0403)
        /// The queue takes no jobs.
        public static let notAccepting = Code(rawValue: 0x0506)
        /// The job is in a state in which this can't be done to it any more.
        public static let notPossible = Code(rawValue: 0x0404)
        /// Nobody answers at the server's address, or not in time.
        public static let serviceUnavailable = Code(rawValue: 0x0502)
    }

    init(code: Code, message: String, mayHaveHappened: Bool = false) {
        self.code = code
        self.message = message
        self.mayHaveHappened = mayHaveHappened
    }

    /// What this thread's last call of libcups failed with.
    ///
    /// The corresponding C functions are `cupsLastError` and `cupsLastErrorString`.
    static func last(mayHaveHappened: Bool = false) -> CUPSError {
        let text = cupsLastErrorString().map { String(cString: $0) } ?? "no answer"
        let code = cupsLastError()
        // Where the connection broke, libcups leaves a status that says nothing.
        guard code.rawValue >= 0x0400 else {
            return CUPSError(
                code: .serviceUnavailable, message: text, mayHaveHappened: mayHaveHappened)
        }
        return CUPSError(
            code: Code(rawValue: Int32(code.rawValue)), message: text, mayHaveHappened: mayHaveHappened)
    }
}

extension CUPSError: CustomStringConvertible {
    public var description: String {
        "\(message) (IPP status 0x\(String(code.rawValue, radix: 16)))"
    }
}
