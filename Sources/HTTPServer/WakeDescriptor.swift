import Glibc

/// A descriptor that becomes readable, for good, once something is signalled: the end of a pipe.
final class WakeDescriptor: Sendable {
    let descriptor: Int32
    private let signalling: Int32

    /// Nil if no descriptor is free.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (descriptor, signalling) = (ends[0], ends[1])
        // A full pipe is readable already.
        _ = fcntl(signalling, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(descriptor)
        close(signalling)
    }

    func signal() {
        var byte: UInt8 = 1
        write(signalling, &byte, 1)
    }
}
