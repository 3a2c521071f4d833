internal import CEpoll
import Glibc
import Synchronization

/// Doors that are listened on.
///
/// All of them are served by one thread of their own.
public final class OpenDoors: Sendable {
    /// Where each door listens, in the order given; port 0 is replaced by the port that it became.
    public let addresses: [DoorAddress]
    private let inbox: Inbox

    /// Opens the doors and serves them until `stop`.
    ///
    /// - Parameters:
    ///   - stallMilliseconds: How long a client may leave its answers unread before it is closed.
    ///   - notice: Takes lines for the log, on the doors' thread.
    ///   - checkIn: Must not block, as it is called on the doors' thread.
    public init(
        _ doors: [Door], stallMilliseconds: Int = 30_000,
        notice: @escaping @Sendable (String) -> Void = { _ in }, checkIn: @escaping CheckIn
    ) throws(ListenError) {
        var listeners: [Listener] = []
        for door in doors { listeners.append(try Listener(door)) }
        addresses = listeners.map(\.address)
        inbox = try Inbox()
        let loop = try DoorLoop(
            listeners, inbox: inbox, stallMilliseconds: Int64(stallMilliseconds), notice: notice,
            checkIn: checkIn)
        try OpenDoors.start(loop)
    }

    deinit {
        inbox.stop(by: 0)
    }

    /// How many connections are open on all doors; without those that are being refused.
    public var openConnections: Int { inbox.openConnections.load(ordering: .relaxed) }

    /// Takes no more connections and scans, sends the answers to the scans that were taken, and closes all by
    /// the time given at the latest.
    public func stop(within milliseconds: Int) async {
        inbox.stop(by: monotonicMilliseconds() + Int64(milliseconds))
        await inbox.waitForEnd()
    }

    /// The new thread becomes the loop's only owner. The corresponding C function is `pthread_create`.
    private static func start(_ loop: sending DoorLoop) throws(ListenError) {
        let owned = Unmanaged.passRetained(loop)
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                pthread_setname_np(pthread_self(), "doors")
                if let context { Unmanaged<DoorLoop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, owned.toOpaque())
        guard code == 0 else {
            owned.release()
            throw ListenError("start the doors' thread", code)
        }
        pthread_detach(thread)
    }
}
