import Dispatch
import Registration
import Synchronization
import TestPeers

@testable import Storage

/// A store on a database file of its own, with what it told about commits and faults.
final class TestStore: Sendable {
    let folder: TemporaryFolder
    let path: String
    let store: Store
    private let notes: Notes

    private final class Notes: Sendable {
        let commits = Mutex<[Commit]>([])
        let faults = Mutex<[any Error]>([])
    }

    /// Opens `file` of the folder, which is a new one if none is given.
    init(folder: TemporaryFolder? = nil, limits: Store.Limits = Store.Limits(), isFilled: Bool = false)
        async throws
    {
        self.folder = try folder ?? TemporaryFolder()
        path = self.folder.path("lanyard.db")
        let notes = Notes()
        self.notes = notes
        store = try Store(
            path: path, creates: true, limits: limits,
            onCommit: { commit in notes.commits.withLock { $0.append(commit) } },
            onFault: { fault in notes.faults.withLock { $0.append(fault) } })
        if isFilled { try await store.write { try Sample.fill($0) } }
    }

    deinit { store.close() }

    var commits: [Commit] { notes.commits.withLock { $0 } }
    var faults: [any Error] { notes.faults.withLock { $0 } }

    /// Keeps the writer busy with one piece of work until the valve is opened, so that what is sent meanwhile
    /// waits together and makes one batch.
    func holdWriter() async throws -> Valve {
        let valve = Valve()
        store.write({ _ in valve.pass() }, whenDone: { _ in })
        try await eventually("the writer is held", isTrue: { valve.isReached })
        return valve
    }

    /// A connection beside the store's own, as another process has it.
    func beside(_ mode: Connection.Mode = .readWrite) throws -> Connection {
        let connection = try Connection(path: path, mode: mode)
        try connection.execute("PRAGMA foreign_keys = ON")
        return connection
    }

    func names() async throws -> [String] {
        try await store.read { try $0.settingNames() }
    }
}

/// Where a thread waits until the test lets it go on.
final class Valve: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let reached = Mutex(false)

    var isReached: Bool { reached.withLock { $0 } }

    func pass() {
        reached.withLock { $0 = true }
        semaphore.wait()
    }

    func open() { semaphore.signal() }
}

/// What a test's work throws of its own will.
struct Deliberate: Error, Hashable {}

extension Transaction {
    /// A row that tests know again.
    func note(_ name: String, _ value: String = "") throws {
        try connection.run(
            "INSERT INTO setting (name, value) VALUES ($1, $2)", .text("test-" + name), .text(value))
    }
}

extension Reading {
    /// The names of the rows that `note` made, sorted.
    func settingNames() throws -> [String] {
        try connection.all("SELECT substr(name, 6) FROM setting WHERE name LIKE 'test-%' ORDER BY name") {
            $0.text(0)
        }
    }
}

extension TestStore {
    /// What stands in a database file that is not open.
    static func names(at path: String) throws -> [String] {
        try Snapshot(try Connection(path: path, mode: .readWrite)).settingNames()
    }

    func waits(until condition: @Sendable () -> Bool) async throws {
        try await eventually("what was sent is answered", isTrue: condition)
    }

    /// Closes the store on a thread of its own, since closing blocks.
    func close() async {
        await withCheckedContinuation { done in
            DispatchQueue.global().async { [store] in
                store.close()
                done.resume()
            }
        }
    }
}
