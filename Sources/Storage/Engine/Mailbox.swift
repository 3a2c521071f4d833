internal import Glibc

/// A bounded queue between any number of senders and threads that wait for work.
///
/// `@unchecked` is right: all that changes is touched under the pthread mutex that it owns.
final class Mailbox<Item: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var items: [Item] = []
    /// How many were taken by `takeAll` and are not done: they count towards the limit still.
    private var underWay = 0
    private var isClosed = false
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(filled, nil)
    }

    deinit {
        pthread_cond_destroy(filled)
        pthread_mutex_destroy(mutex)
        filled.deallocate()
        mutex.deallocate()
    }

    enum Reception {
        case taken, full, closed
    }

    /// - Parameter pastLimit: for a sender who waits for the answer before sending again.
    @discardableResult
    func send(_ item: Item, pastLimit: Bool = false) -> Reception {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed else { return .closed }
        guard pastLimit || items.count + underWay < limit else { return .full }
        items.append(item)
        pthread_cond_signal(filled)
        return .taken
    }

    /// Waits until there is something, and takes it all, oldest first; nil once the mailbox is closed and empty.
    /// Its room is free for others when the taker calls `done`.
    func takeAll() -> [Item]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while items.isEmpty && !isClosed { pthread_cond_wait(filled, mutex) }
        guard !items.isEmpty else { return nil }
        var taken: [Item] = []
        taken.reserveCapacity(items.count)
        swap(&taken, &items)
        underWay += taken.count
        return taken
    }

    /// Makes the room of so many that `takeAll` took free again.
    func done(_ count: Int) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        underWay -= count
    }

    /// Waits until there is something, and takes the oldest; nil once the mailbox is closed and empty.
    func takeOne() -> Item? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while items.isEmpty && !isClosed { pthread_cond_wait(filled, mutex) }
        return items.isEmpty ? nil : items.removeFirst()
    }

    /// Takes nothing more in; what is inside is still taken out.
    func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        isClosed = true
        pthread_cond_broadcast(filled)
    }

    /// How many were sent and not taken, or not done.
    var count: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return items.count + underWay
    }
}
