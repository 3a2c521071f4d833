internal import CCups
internal import Glibc

/// An open connection to a print server over which nothing is said: while it lasts the server was not restarted.
///
/// `@unchecked` because of libcups's handle: once made, only its socket is looked at, by a system call that any
/// thread may make, until the last reference frees it.
final class Lifeline: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Nil if there is no connection to be had.
    ///
    /// The corresponding C function is `httpConnect2`.
    init?(to server: CUPSServer, patience: Patience) {
        let connected = httpConnect2(
            server.host, server.port, nil, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1,
            patience.remainingMilliseconds, patience.cancelFlag)
        guard let connected else { return nil }
        pointer = connected
    }

    deinit { httpClose(pointer) }

    /// Whether the server still has its end. It also hangs up on whoever says nothing for a quarter of an hour
    /// (cupsd.conf(5), `Timeout`), so each look takes a new one.
    var isUnbroken: Bool {
        var byte: UInt8 = 0
        let count = recv(httpGetFd(pointer), &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count < 0 && (errno == EAGAIN || errno == EINTR)
    }
}
