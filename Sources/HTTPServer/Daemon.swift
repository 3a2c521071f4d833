internal import CMicrohttpd
import Glibc

/// The threads of libmicrohttpd that serve connections.
///
/// `@unchecked Sendable`: the pointer never changes, and of the two functions called with it
/// `MHD_add_connection` may be called from any thread and `MHD_stop_daemon` is called once, by `deinit`.
final class Daemon: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let service: Service

    /// Nil if the threads can't be started.
    init?(service: Service, threads: Int, connections: Int) {
        let limits = service.limits
        // The books refuse what is too much; the library only needs room for those that are being closed.
        let room = UInt32(connections + 64 * threads)
        let pointer = lanyard_start_daemon(
            UInt32(threads), room, limits.connectionMemoryBytes, UInt32(limits.idleSeconds),
            Unmanaged.passUnretained(service).toOpaque(), requestLineCame, requestContinues, requestEnded,
            connectionChanged)
        guard let pointer else { return nil }
        self.pointer = pointer
        self.service = service
    }

    deinit {
        MHD_stop_daemon(pointer)
    }

    /// Serves the connection and closes its descriptor. False if that could not be begun; it is closed then too.
    func serve(_ descriptor: Int32, peer: inout sockaddr_storage, peerBytes: socklen_t) -> Bool {
        withUnsafePointer(to: &peer) { peer in
            peer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                MHD_add_connection(pointer, descriptor, peer, peerBytes) == .YES
            }
        }
    }
}

private func service(_ context: UnsafeMutableRawPointer?) -> Service? {
    context.map { Unmanaged<Service>.fromOpaque($0).takeUnretainedValue() }
}

private let connectionChanged: MHD_NotifyConnectionCallback = { context, pointer, held, change in
    guard let service = service(context), let pointer, let held else { return }
    let descriptor = lanyard_connection_descriptor(pointer)
    if change == .CONNECTION_NOTIFY_STARTED {
        guard let connection = service.connections[descriptor] else { return }
        held.pointee = Unmanaged.passRetained(connection).toOpaque()
    } else {
        service.connections.remove(descriptor)
        if let connection = held.pointee {
            service.endWhatIsLeft(on: Unmanaged<Connection>.fromOpaque(connection).takeRetainedValue())
        }
        held.pointee = nil
    }
}

private let requestLineCame: lanyard_target_callback = { context, target, pointer in
    guard let service = service(context), let target, let pointer,
        let held = lanyard_connection_context(pointer)
    else { return nil }
    let connection = Unmanaged<Connection>.fromOpaque(held).takeUnretainedValue()
    // Where there is no exchange the connection ends at the next callback.
    let exchange = service.begin(target: String(cString: target), on: connection)
    lanyard_hide_query(target)
    // The connection owns it until it ends.
    return exchange.map { Unmanaged.passUnretained($0).toOpaque() }
}

private let requestContinues: MHD_AccessHandlerCallback = {
    context, pointer, _, method, version, piece, pieceBytes, held in
    guard let service = service(context), let pointer, let held = held?.pointee, let pieceBytes else {
        return .NO
    }
    let piece = UnsafeRawBufferPointer(start: piece, count: piece == nil ? 0 : pieceBytes.pointee)
    pieceBytes.pointee = 0
    let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    return service.handle(exchange, on: pointer, line: (method, version), piece: piece)
}

private let requestEnded: MHD_RequestCompletedCallback = { context, _, held, _ in
    guard let service = service(context), let held, let pointer = held.pointee else { return }
    service.end(Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue())
    held.pointee = nil
}
