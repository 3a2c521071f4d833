import Glibc

/// The two ways out: results on standard output, everything else on standard error.
enum Console {
    static func tell(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array((text + "\n").utf8)
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                // Whoever read it has gone; there is nobody left to tell.
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddress: UnsafeRawPointer? { base.baseAddress?.advanced(by: startIndex) }
}
