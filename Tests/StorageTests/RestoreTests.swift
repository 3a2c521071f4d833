import Glibc
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct RestoreTests {
    /// A closed database with the note `two`, and `copy.db`, which was made before that.
    private func database() async throws -> (folder: TemporaryFolder, path: String, copy: String) {
        let test = try await TestStore(isFilled: true)
        try await test.store.write { try $0.note("one") }
        let copy = test.folder.path("copy.db")
        #expect(try await test.store.backUp(to: copy))
        try await test.store.write { try $0.note("two") }
        await test.close()
        return (test.folder, test.path, copy)
    }

    @Test func `the copy is in the database's place, and what was there is whole under another name`()
        async throws
    {
        let (folder, path, copy) = try await database()
        let before = KeptDatabase(path: path + ".before-restore-1", hasLog: false)
        #expect(try Store.restore(database: path, from: copy) == .done(before: before))
        #expect(
            try folder.names() == ["copy.db", "lanyard.db", "lanyard.db.before-restore-1"])
        #expect(try TestStore.names(at: path) == ["one"])
        #expect(try TestStore.names(at: before.path) == ["one", "two"])
        #expect(try TestStore.names(at: copy) == ["one"])
        // And back again, from the name that was told.
        let second = KeptDatabase(path: path + ".before-restore-2", hasLog: false)
        #expect(try Store.restore(database: path, from: before.path) == .done(before: second))
        #expect(try TestStore.names(at: path) == ["one", "two"])
    }

    @Test func `it belongs to whom the old one belonged to, and only they may read it`() async throws {
        let (folder, path, copy) = try await database()
        defer { withExtendedLifetime(folder) {} }
        try #require(geteuid() == 0 && chown(path, 12_345, 12_346) == 0 && chmod(copy, 0o644) == 0)
        _ = try Store.restore(database: path, from: copy)
        var found = stat()
        try #require(stat(path, &found) == 0)
        #expect(found.st_uid == 12_345)
        #expect(found.st_gid == 12_346)
        #expect(found.st_mode & 0o7777 == 0o600)
    }

    @Test func `a log that a crash left is folded into the database that is kept`() async throws {
        let test = try await TestStore()
        let copy = test.folder.path("copy.db")
        #expect(try await test.store.backUp(to: copy))
        try await test.store.write { try $0.note("late") }
        // As they lie on the disk while the store is open is how a crash leaves them.
        let place = try test.folder.makeFolder("crashed") + "/lanyard.db"
        for suffix in ["", "-wal", "-shm"] {
            try await Program.run("cp", arguments: [test.path + suffix, place + suffix])
        }
        let before = KeptDatabase(path: place + ".before-restore-1", hasLog: false)
        #expect(try Store.restore(database: place, from: copy) == .done(before: before))
        #expect(try test.folder.names(in: "crashed") == ["lanyard.db", "lanyard.db.before-restore-1"])
        #expect(try TestStore.names(at: place).isEmpty)
        #expect(try TestStore.names(at: before.path) == ["late"])
        await test.close()
    }

    @Test func `a log that can't be folded is kept beside its database, and away from the new one`()
        async throws
    {
        let (folder, path, copy) = try await database()
        try folder.write(String(repeating: "ruined ", count: 1_000), to: "lanyard.db")
        try folder.write("its log", to: "lanyard.db-wal")
        let before = KeptDatabase(path: path + ".before-restore-1", hasLog: true)
        #expect(try Store.restore(database: path, from: copy) == .done(before: before))
        #expect(try folder.text(of: "lanyard.db.before-restore-1").hasPrefix("ruined ruined"))
        #expect(try folder.text(of: "lanyard.db.before-restore-1-wal") == "its log")
        #expect(!folder.contains("lanyard.db-wal"))
        #expect(try TestStore.names(at: path) == ["one"])
    }

    @Test func `a log without its database does not come to the copy`() async throws {
        let (folder, path, copy) = try await database()
        try await Program.run("mv", arguments: [path, folder.path("moved.db")])
        try folder.write("a log", to: "lanyard.db-wal")
        #expect(try Store.restore(database: path, from: copy) == .done(before: nil))
        // Looked for before anything opens the database: SQLite itself throws away what is no log.
        #expect(!folder.contains("lanyard.db-wal"))
        #expect(try TestStore.names(at: path) == ["one"])
    }

    @Test func `a copy that has a log of its own is taken with it`() async throws {
        let test = try await TestStore()
        try await test.store.write { try $0.note("in the log") }
        let other = test.folder.path("other.db")
        #expect(try Store.restore(database: other, from: test.path) == .done(before: nil))
        #expect(try TestStore.names(at: other) == ["in the log"])
        #expect(try await test.names() == ["in the log"])
    }

    private static let unusable: [(made: String, reason: UnusableCopy.Reason)] = [
        ("true", .missing), ("echo 'a text, and not a database' > \"$1\"", .notOurs),
        (": > \"$1\"", .notOurs), ("printf x > \"$1\"", .notOurs),
        ("sqlite3 \"$1\" 'CREATE TABLE theirs (x)'", .notOurs),
        ("cp \"$2\" \"$1\"; sqlite3 \"$1\" 'PRAGMA user_version = 999'", .newer),
        ("head -c 20000 \"$2\" > \"$1\"", .damaged),
        (
            "cp \"$2\" \"$1\"; dd if=/dev/zero of=\"$1\" bs=1024 seek=2 count=20 conv=notrunc status=none",
            .damaged
        ),
        ("mkdir \"$1\"", .notReadable),
    ]

    @Test(arguments: unusable)
    func `what is no whole database of ours is refused, and nothing is touched`(
        made: String, reason: UnusableCopy.Reason
    ) async throws {
        let (folder, path, copy) = try await database()
        let bad = folder.path("bad # 100%?.db")
        try await Program.run("sh", arguments: ["-c", made, "sh", bad, copy])
        let before = try await sums(folder)
        #expect(throws: UnusableCopy(path: bad, reason: reason)) {
            try Store.restore(database: path, from: bad)
        }
        #expect(try await sums(folder) == before)
        #expect(try TestStore.names(at: path) == ["one", "two"])
    }

    @Test func `another program's database is not moved out of its place`() async throws {
        let (folder, path, copy) = try await database()
        try folder.remove("lanyard.db")
        try await Program.run("sqlite3", arguments: [path, "CREATE TABLE theirs (x)"])
        let before = try await sums(folder)
        #expect(throws: UnusableDatabase.notOurs(path: path)) {
            try Store.restore(database: path, from: copy)
        }
        #expect(try await sums(folder) == before)
    }

    @Test func `a database that somebody has open, or that is the copy itself, stays`() async throws {
        let (folder, path, copy) = try await database()
        #expect(try Store.restore(database: path, from: path) == .isTheDatabase)
        let other = try Connection(path: path, mode: .readOnly)
        #expect(try other.first("SELECT count(*) FROM setting") { $0.count(0) } != 0)
        #expect(try Store.restore(database: path, from: copy) == .inUse)
        other.close()
        #expect(try TestStore.names(at: path) == ["one", "two"])
        #expect(try folder.names().contains { $0.contains("unfinished") || $0.contains("before") } == false)
    }

    private func sums(_ folder: TemporaryFolder) async throws -> String {
        try await Program.run(
            "sh", arguments: ["-c", "ls; find . -type f | sort | xargs -d '\\n' sha256sum"],
            folder: folder.path)
    }
}
