internal import CMicrohttpd

/// A connection of libmicrohttpd that can be set aside until there is something to send.
///
/// `@unchecked Sendable`: the pointer is used from other threads for `MHD_resume_connection` alone, which takes
/// the daemon's lock, and only between `suspend` and its one `resume`, while libmicrohttpd neither serves nor
/// frees the connection. Whoever holds it makes sure of that under a lock of its own.
struct SuspendableConnection: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    /// On the connection's own thread, in its handler or body callback.
    /// The corresponding C function is `MHD_suspend_connection`.
    func suspend() {
        MHD_suspend_connection(pointer)
    }

    /// Once after each `suspend`, from any thread. The corresponding C function is `MHD_resume_connection`.
    func resume() {
        MHD_resume_connection(pointer)
    }
}
