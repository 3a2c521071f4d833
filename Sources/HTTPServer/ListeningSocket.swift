import Glibc

/// A socket that listens; closed when it is let go, and a Unix socket's path is removed then.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    /// Where it listens really: with the port that was taken.
    let address: ListenAddress
    /// The file to remove in the end, and which one it was, as another program may have put its own there.
    private let file: (path: String, inode: UInt64)?

    init(_ wanted: ListenAddress) throws(ListenError) {
        switch wanted {
        case .tcp(let host, let port):
            descriptor = try ListeningSocket.listenTCP(host: host, port: port, as: wanted)
            file = nil
        case .unix(let path):
            descriptor = try ListeningSocket.listenUnix(path: path, as: wanted)
            file = (path, ListeningSocket.file(at: path)?.inode ?? 0)
        case .descriptor(let passed):
            descriptor = passed
            file = nil
            try ListeningSocket.requireListening(passed, as: wanted)
        }
        // accept must never block: another process may take the connection first.
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        address = SocketAddress.local(of: descriptor) ?? wanted
    }

    deinit {
        close(descriptor)
        if let file, ListeningSocket.file(at: file.path)?.inode == file.inode { unlink(file.path) }
    }

    private static func listenTCP(
        host: String, port: UInt16, as wanted: ListenAddress
    ) throws(ListenError) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &found)
        defer { if found != nil { freeaddrinfo(found) } }
        guard status == 0, let first = found?.pointee else {
            throw ListenError(
                address: wanted.description,
                reason: "\(host) is not an address of this machine; write an IP address or a name it knows.")
        }
        let descriptor = socket(first.ai_family, first.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw fault(errno, as: wanted) }
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
        if first.ai_family == AF_INET6 {
            // `[::]` and `0.0.0.0` are two addresses; each listens for itself.
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, size)
        }
        guard bind(descriptor, first.ai_addr, first.ai_addrlen) == 0, listen(descriptor, SOMAXCONN) == 0
        else {
            let code = errno
            close(descriptor)
            throw fault(code, as: wanted)
        }
        return descriptor
    }

    private static func listenUnix(path: String, as wanted: ListenAddress) throws(ListenError) -> Int32 {
        try removeStaleFile(path, as: wanted)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw fault(errno, as: wanted) }
        var code = SocketAddress.withUnix(path: path) { bind(descriptor, $0, $1) == 0 ? 0 : errno }
        if code == 0 {
            // The proxy in front is of the same group.
            chmod(path, 0o660)
            code = listen(descriptor, SOMAXCONN) == 0 ? 0 : errno
        }
        guard code == 0 else {
            close(descriptor)
            throw fault(code, as: wanted)
        }
        return descriptor
    }

    /// Removes a socket's file that nobody listens on any more, as a killed process leaves one, and nothing else:
    /// connecting to an ordinary file is refused in the same way.
    private static func removeStaleFile(_ path: String, as wanted: ListenAddress) throws(ListenError) {
        guard let found = file(at: path) else { return }
        guard found.isSocket else {
            throw ListenError(
                address: wanted.description,
                reason: "There is something else than a socket: remove it or choose another path.")
        }
        let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let probe = socket(AF_UNIX, Int32(type), 0)
        guard probe >= 0 else { throw fault(errno, as: wanted) }
        defer { close(probe) }
        let code = SocketAddress.withUnix(path: path) { connect(probe, $0, $1) == 0 ? 0 : errno }
        guard code == ECONNREFUSED else { throw fault(EADDRINUSE, as: wanted) }
        unlink(path)
    }

    private static func file(at path: String) -> (inode: UInt64, isSocket: Bool)? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return (UInt64(status.st_ino), status.st_mode & S_IFMT == S_IFSOCK)
    }

    private static func requireListening(
        _ descriptor: Int32, as wanted: ListenAddress
    ) throws(ListenError) {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0, isListening != 0
        else {
            throw ListenError(
                address: wanted.description,
                reason: "It is not a listening socket; check the systemd socket file (ListenStream=).")
        }
    }

    private static func fault(_ code: Int32, as wanted: ListenAddress) -> ListenError {
        let reason =
            switch code {
            case EADDRINUSE: "Another program uses it already: stop that one or choose another address."
            case EACCES:
                "Permission denied: choose a port above 1023, have systemd pass the socket, or mind the folder's owner."
            case EADDRNOTAVAIL: "This machine has no such address: choose one of its own, or 127.0.0.1."
            case ENOENT, ENOTDIR: "Its folder does not exist: create it first."
            default: String(cString: strerror(code)) + "."
            }
        return ListenError(address: wanted.description, reason: reason)
    }
}
