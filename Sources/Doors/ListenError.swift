import Glibc

/// Why a door can't be opened, in words for the operator.
public struct ListenError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }

    /// What could not be done, and the C library's error number.
    init(_ action: String, _ code: Int32, hint: String? = nil) {
        let reason = String(cString: strerror(code))
        description = "Can't \(action): \(reason)." + (hint.map { " " + $0 } ?? "")
    }
}
