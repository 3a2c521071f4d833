internal import CEpoll
import Glibc

/// A listening socket of a door.
final class Listener: Sendable {
    let door: Door
    private let socket: Descriptor
    /// The file to remove in the end, and which one it was, as another program may have put its own there.
    private let file: (path: String, inode: UInt64)?

    init(_ door: Door) throws(ListenError) {
        self.door = door
        switch door.address {
        case .tcp(let host, let port):
            let address = try SocketAddress.tcp(host: host, port: port)
            socket = try Listener.open(address.family, door)
            file = nil
            try Listener.listen(socket.number, on: address, door)
        case .unix(let path):
            let address = try SocketAddress.unix(path: path)
            try Listener.removeStaleFile(path, address)
            socket = try Listener.open(AF_UNIX, door)
            // The file gets the socket's own mode at once, so that nobody slips in before the `chmod`.
            fchmod(socket.number, door.fileMode)
            try Listener.listen(socket.number, on: address, door)
            chmod(path, door.fileMode)
            file = (path, Listener.socketFile(path)?.inode ?? 0)
        case .descriptor(let number):
            socket = Descriptor(number)
            file = nil
            let flags = fcntl(number, F_GETFL)
            guard flags >= 0, fcntl(number, F_SETFL, flags | O_NONBLOCK) == 0 else {
                throw ListenError("use the passed \(door.address) for the door \(door.name)", errno)
            }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            guard Listener.isListening(number) else {
                throw ListenError("The passed \(door.address) for the door \(door.name) does not listen.")
            }
        }
    }

    deinit {
        if let file, Listener.socketFile(file.path)?.inode == file.inode { unlink(file.path) }
    }

    var number: Int32 { socket.number }

    /// Where it listens, with the port that port 0 became.
    var address: DoorAddress {
        let own = SocketAddress.own(of: socket.number).internet
        return own.map { .tcp(host: $0.host, port: $0.port) } ?? door.address
    }

    enum Accepted: ~Copyable {
        case connection(Descriptor, address: String?)
        case nobody
        /// Most often the process or the system has no more descriptors.
        case failed(Int32)
    }

    /// Takes the next connection that waits. The corresponding C function is `accept4`.
    func accept() -> Accepted {
        while true {
            var number: Int32 = -1
            let peer = SocketAddress.read {
                number = accept4(
                    socket.number, $0, $1, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
            if number >= 0 {
                let connection = Descriptor(number)
                Listener.prepare(connection.number, peer.family)
                return .connection(connection, address: peer.internet?.host)
            }
            switch errno {
            case EAGAIN: return .nobody
            // What went wrong with a connection before it was taken says nothing of the next (accept(2)).
            case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH: continue
            case let code: return .failed(code)
            }
        }
    }

    /// Answers are small and urgent; a scanner that lost its power is noticed after two minutes.
    private static func prepare(_ socket: Int32, _ family: Int32) {
        guard family == AF_INET || family == AF_INET6 else { return }
        let tcp = Int32(IPPROTO_TCP)
        set(socket, tcp, TCP_NODELAY, 1)
        set(socket, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(socket, tcp, TCP_KEEPIDLE, 60)
        set(socket, tcp, TCP_KEEPINTVL, 15)
        set(socket, tcp, TCP_KEEPCNT, 4)
    }

    private static func open(_ family: Int32, _ door: Door) throws(ListenError) -> Descriptor {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(family, type, 0)
        guard number >= 0 else { throw ListenError("make a socket for the door \(door.name)", errno) }
        if family == AF_INET || family == AF_INET6 { set(number, SOL_SOCKET, SO_REUSEADDR, 1) }
        return Descriptor(number)
    }

    private static func listen(_ socket: Int32, on address: SocketAddress, _ door: Door)
        throws(ListenError)
    {
        guard address.lend({ bind(socket, $0, $1) }) == 0, Glibc.listen(socket, 512) == 0 else {
            let code = errno
            throw ListenError(
                "listen on \(door.address) for the door \(door.name)", code, hint: hint(code))
        }
    }

    private static func hint(_ code: Int32) -> String? {
        switch code {
        case EADDRINUSE: "Another program listens there: stop it or choose another address."
        case EADDRNOTAVAIL: "Choose an address that this machine has."
        case EACCES: "Choose a place that this user may use; ports below 1024 are the superuser's."
        case ENOENT: "Make the folder first."
        default: nil
        }
    }

    /// Removes a socket's file that nobody listens on any more, and nothing else.
    private static func removeStaleFile(_ path: String, _ address: SocketAddress) throws(ListenError) {
        guard let found = socketFile(path) else { return }
        guard found.isSocket else {
            throw ListenError(
                "There is something else than a socket at \(path): remove it or choose another path.")
        }
        let probe = Descriptor(Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0))
        let result = address.lend { connect(probe.number, $0, $1) }
        guard result != 0, errno == ECONNREFUSED else {
            throw ListenError("listen on unix:\(path)", EADDRINUSE, hint: hint(EADDRINUSE))
        }
        unlink(path)
    }

    private static func socketFile(_ path: String) -> (inode: UInt64, isSocket: Bool)? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return (UInt64(status.st_ino), status.st_mode & S_IFMT == S_IFSOCK)
    }

    private static func isListening(_ socket: Int32) -> Bool {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0 && value == 1
    }

    private static func set(_ socket: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
