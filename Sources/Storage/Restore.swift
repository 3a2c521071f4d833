internal import Glibc

/// How putting a copy in a database's place ended. Only `done` changed anything.
public enum RestoreOutcome: Hashable, Sendable {
    /// With where the database from before is now; nil if there was none.
    case done(before: KeptDatabase?)
    /// The copy is the database itself.
    case isTheDatabase
    /// Another program has the database open.
    case inUse
    /// The database belongs to somebody else, to whom this account can't give a file.
    case foreignOwner
}

/// A database that another took the place of.
public struct KeptDatabase: Hashable, Sendable {
    public let path: String
    /// Whether its log is beside it still, since it could not be folded in.
    public let hasLog: Bool
}

extension Store {
    /// Puts a copy of `copy`, itself left as it is, in the place of the database, and keeps what was there under
    /// another name. However it ends, the database's name is that of a whole database. Blocks its thread.
    ///
    /// No daemon may run on the database meanwhile; the caller sees to that.
    ///
    /// - Throws: `UnusableCopy`, `UnusableDatabase` where another program's database is in the place, or
    ///   `StorageFault`.
    public static func restore(database path: String, from copy: String) throws -> RestoreOutcome {
        let place = resolved(path)
        guard let owner = FileOwner(of: place) ?? FileOwner(of: DurableFiles.folder(of: place)) else {
            throw UnusableDatabase.notOpened(path: path)
        }
        let source = try CheckedCopy(path: copy)
        if FileOwner(of: place)?.isSameFile(as: copy) == true { return .isTheDatabase }
        let unfinished = try DurableFiles.make(beside: place)
        defer { unlink(unfinished) }
        try source.copy(into: unfinished)
        guard owner.isGiven(unfinished) else { return .foreignOwner }
        try DurableFiles.sync(file: unfinished)

        guard access(place, F_OK) == 0 else {
            try putAway(logsOf: place)
            try take(place, from: unfinished)
            return .done(before: nil)
        }
        let held: Connection?
        do { held = try hold(place) } catch let fault as StorageFault where fault.isBusy { return .inUse }
        // Held until the name is the new file's, so that nobody writes to the old one in between.
        defer { held?.close() }
        let kept = try keep(place)
        try putAway(logsOf: place)
        try take(place, from: unfinished)
        return .done(before: kept)
    }

    /// Opens the old database for this program alone, with its log folded in; nil if it is too damaged for that.
    private static func hold(_ path: String) throws -> Connection? {
        // SQLite throws the log of an empty file away.
        guard size(of: path) > 0 else { return nil }
        do {
            let connection = try Connection(path: path, mode: .readWrite)
            try connection.keepLogOnClose()
            do { _ = try FoundDatabase(connection, path: path) } catch UnusableDatabase.newer {}
            // Leaving the log's mode folds the log and removes it, and is refused while somebody reads.
            try connection.execute("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
            return connection
        } catch let fault as StorageFault where !fault.isBusy {
            return nil
        }
    }

    /// Gives the old database, and a log that was not folded in, a second name that nobody has.
    private static func keep(_ path: String) throws -> KeptDatabase {
        for number in 1...10_000 {
            let name = "\(path).before-restore-\(number)"
            guard logSuffixes.allSatisfy({ access(name + $0, F_OK) != 0 }) else { continue }
            if link(path, name) != 0 {
                guard errno == EEXIST else { throw StorageFault(errno: errno, action: "keep the database") }
                continue
            }
            var hasLog = false
            for suffix in logSuffixes where size(of: path + suffix) > 0 {
                guard link(path + suffix, name + suffix) == 0 else {
                    throw StorageFault(errno: errno, action: "keep the log")
                }
                hasLog = true
            }
            try DurableFiles.syncFolder(of: path)
            return KeptDatabase(path: name, hasLog: hasLog)
        }
        throw StorageFault(errno: EEXIST, action: "keep the database")
    }

    /// Removes the logs from beside a name that is to be another database's, which would be ruined by them.
    private static func putAway(logsOf path: String) throws {
        for suffix in logSuffixes + ["-shm"] where unlink(path + suffix) != 0 && errno != ENOENT {
            throw StorageFault(errno: errno, action: "remove the log")
        }
        try DurableFiles.syncFolder(of: path)
    }

    private static func take(_ path: String, from unfinished: String) throws {
        guard rename(unfinished, path) == 0 else {
            throw StorageFault(errno: errno, action: "rename the copy")
        }
        try DurableFiles.syncFolder(of: path)
    }

    /// Where a name leads that is a link: the logs are beside that.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

/// What SQLite names its logs, beside the database: of a write-ahead log, and of a rollback journal.
private let logSuffixes = ["-wal", "-journal"]

/// In bytes; 0 where there is no such file.
private func size(of path: String) -> Int {
    var found = stat()
    return stat(path, &found) == 0 ? found.st_size : 0
}

/// Whom a file belongs to.
private struct FileOwner {
    private let found: stat

    init?(of path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        self.found = found
    }

    func isSameFile(as path: String) -> Bool {
        FileOwner(of: path).map { ($0.found.st_dev, $0.found.st_ino) == (found.st_dev, found.st_ino) }
            ?? false
    }

    /// Gives a file to this owner; whether it is theirs now. The group does not matter, as it may not read it.
    func isGiven(_ path: String) -> Bool {
        // Not what a link leads to: whoever the folder belongs to may put one there while root does this.
        lchown(path, found.st_uid, found.st_gid) == 0 || FileOwner(of: path)?.found.st_uid == found.st_uid
    }
}

/// A file to go back to, found to be a whole database of ours.
private struct CheckedCopy {
    private let connection: Connection
    private let path: String

    init(path: String) throws {
        self.path = path
        guard access(path, F_OK) == 0 else { throw UnusableCopy(path: path, reason: .missing) }
        do {
            // A log beside it is part of it. Without one, nothing beside it is looked for or made.
            let hasLog = logSuffixes.contains { size(of: path + $0) > 0 }
            connection = try Connection(path: path, mode: hasLog ? .readOnly : .unchanging)
            guard try FoundDatabase(connection, path: path).isEmpty == false else {
                throw UnusableCopy(path: path, reason: .notOurs)
            }
            guard try connection.first("PRAGMA quick_check(1)", read: { $0.text(0) }) == "ok" else {
                throw UnusableCopy(path: path, reason: .damaged)
            }
        } catch let error as UnusableDatabase {
            throw UnusableCopy(path: path, reason: error.isNewer ? .newer : .notOurs)
        } catch let fault as StorageFault {
            throw UnusableCopy(path: path, fault) ?? fault
        }
    }

    func copy(into unfinished: String) throws {
        do { try connection.copy(into: unfinished) } catch let fault as StorageFault where fault.isDamage {
            throw UnusableCopy(path: path, reason: .damaged)
        }
    }
}

/// A file that nothing can go back to. It, and the database, were left as they are.
public struct UnusableCopy: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        case missing, notReadable, notOurs, newer, damaged
    }

    public let path: String
    public let reason: Reason
}

extension UnusableCopy {
    /// Nil where the fault is not the copy's.
    fileprivate init?(path: String, _ fault: StorageFault) {
        if fault.isNotADatabase {
            self.init(path: path, reason: .notOurs)
        } else if fault.isDamage {
            self.init(path: path, reason: .damaged)
        } else if fault.isOfOpening || fault.isReadOnly {
            self.init(path: path, reason: .notReadable)
        } else {
            return nil
        }
    }
}

extension UnusableCopy: CustomStringConvertible {
    public var description: String {
        let words =
            switch reason {
            case .missing: "is not there. Name the copy to go back to."
            case .notReadable: "can't be read. Let this user read it."
            case .notOurs: "is not a Lanyard database. Name a copy that lanyard backup made."
            case .newer: "was made by a later version of Lanyard. Install that version."
            case .damaged: "is damaged. Name another copy."
            }
        return "\(path) \(words) Nothing was changed."
    }
}
