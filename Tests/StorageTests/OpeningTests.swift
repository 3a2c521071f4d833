import FoundationEssentials
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct OpeningTests {
    private func open(_ path: String, creates: Bool = true) throws {
        try Store(path: path, creates: creates) { fault in Issue.record(fault) }.close()
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

    @Test func `an empty file becomes a database, and one that is there is taken as it is`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "lanyard.db")
        try open(path)
        let keys = try keys(path)
        #expect(keys.count == SettingKey.allCases.count + 1)
        try open(path)
        #expect(try self.keys(path) == keys)
        let connection = try Connection(path: path, mode: .readOnly)
        #expect(try connection.first("PRAGMA user_version") { $0.count(0) } == Migration.all.count)
        #expect(try connection.first("PRAGMA page_size") { $0.count(0) } == Migration.pageBytes)
    }

    private func keys(_ path: String) throws -> [String] {
        try Connection(path: path, mode: .readOnly).all("SELECT value FROM setting ORDER BY name") {
            $0.text(0)
        }
    }

    @Test func `a database newer than the program is refused and not changed by a byte`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("lanyard.db")
        try open(path)
        let newer = Migration.all.count + 1
        // Closed as by a crash: its newest change stands in the log alone.
        let writer = try Connection(path: path, mode: .readWrite)
        try writer.execute("PRAGMA journal_mode = WAL; PRAGMA user_version = \(newer)")
        let copy = folder.path("copy.db")
        for end in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + end, toPath: copy + end)
        }
        let before = (try bytes(copy), try bytes(copy + "-wal"))
        let refusal = #expect(throws: UnusableDatabase.self) { try open(copy) }
        #expect(refusal == .newer(path: copy, version: newer, known: Migration.all.count))
        #expect(try bytes(copy) == before.0)
        #expect(try bytes(copy + "-wal") == before.1)
    }

    @Test func `another program's database is refused and not changed by a byte`() throws {
        let folder = try TemporaryFolder()
        for (name, sql) in [
            ("tables", "CREATE TABLE theirs (x)"), ("empty", "PRAGMA application_id = 7; VACUUM"),
        ] {
            let path = folder.path(name)
            do { try Connection(path: path, mode: .create).execute(sql) }
            let before = try bytes(path)
            let refusal = #expect(throws: UnusableDatabase.self) { try open(path) }
            #expect(refusal == .notOurs(path: path))
            #expect(try bytes(path) == before)
        }
    }

    @Test func `only who is to create a database makes one, out of nothing or of an empty file`() throws {
        let folder = try TemporaryFolder()
        let empty = try folder.write("", to: "empty.db")
        for path in [folder.path("typo.db"), folder.path("missing/typo.db"), empty, empty + "/typo.db"] {
            let refusal = #expect(throws: UnusableDatabase.self) { try open(path, creates: false) }
            #expect(refusal == .missing(path: path))
            #expect(refusal?.description.hasPrefix("There is no database \(path).") == true)
        }
        #expect(try folder.names() == ["empty.db"])
        #expect(try folder.text(of: "empty.db").isEmpty)
        try open(empty)
        try open(empty, creates: false)
    }

    @Test(arguments: ["x", "xy", "not a database", String(repeating: "binary \u{1F600}", count: 1_000)])
    func `a file that is no database is refused in plain words and stays as it is`(text: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "notes.txt")
        let refusal = #expect(throws: UnusableDatabase.self) { try open(path) }
        #expect(refusal == .notADatabase(path: path))
        #expect(
            refusal?.description
                == "\(path) is not a database. Name another file, or move this one away. If it was Lanyard's, lanyard restore FILE"
                + " goes back to a copy.")
        #expect(try folder.text(of: "notes.txt") == text)
        #expect(try folder.names() == ["notes.txt"])
    }

    @Test func `a place where no file can be made is told with its name`() throws {
        let folder = try TemporaryFolder()
        // Not even root makes files in /proc.
        for path in [folder.path("missing/lanyard.db"), folder.path, "/proc/lanyard.db"] {
            let refusal = #expect(throws: UnusableDatabase.self) { try open(path) }
            #expect(refusal == .notOpened(path: path))
            #expect(refusal?.description.hasPrefix("\(path) can't be opened or made.") == true)
        }
    }

    @Test func `many who open a new database at once all get the same one`() async throws {
        for _ in 0..<5 {
            let folder = try TemporaryFolder()
            let path = folder.path("lanyard.db")
            let keys = try await withThrowingTaskGroup { group in
                for _ in 0..<6 {
                    group.addTask {
                        let store = try await opened(path)
                        let keys = try await store.read { try $0.key(.references) }
                        store.close()
                        return keys
                    }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(keys.count == 1)
        }
    }

    /// Opening blocks, so it is done on a thread of its own.
    private func opened(_ path: String) async throws -> Store {
        try await withCheckedThrowingContinuation { opened in
            do {
                try startThread {
                    opened.resume(
                        with: Result { try Store(path: path, creates: true) { fault in Issue.record(fault) } }
                    )
                }
            } catch {
                opened.resume(throwing: error)
            }
        }
    }

    @Test func `what can't be opened whole leaves nothing open`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("lanyard.db")
        try open(path)
        try Connection(path: path, mode: .readWrite).execute(
            "DELETE FROM setting WHERE name = '\(SettingKey.references.rawValue)'")
        #expect(throws: MissingRow.self) { try open(path) }
        try await eventually("no connection is open", isTrue: { openFiles(in: folder.path).isEmpty })
    }

    /// The files of a folder that this process has open.
    private func openFiles(in folder: String) -> [String] {
        let files = FileManager.default
        let open = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return open.compactMap { try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0) }
            .filter { $0.hasPrefix(folder) }
    }

    @Test func `two programs that have the database open see each other's writes`() async throws {
        let test = try await TestStore(isFilled: true)
        let other = try await TestStore(folder: test.folder)
        #expect(try await test.store.write { try $0.timetable(of: "day")?.sessions.count } == 4)
        try await other.store.write { transaction in
            _ = try transaction.save(Sample.event)
            try transaction.save(Sample.session("late", 15, 16, 5), of: Sample.eventID)
        }
        #expect(try await test.store.write { try $0.timetable(of: "day")?.sessions.count } == 5)
        try await test.store.write { try $0.note("one") }
        #expect(try await other.names() == ["one"])
    }
}
