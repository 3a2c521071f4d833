internal import CSQLite
internal import Glibc

/// A statement that the database could not carry out: a full disk, a broken file, a breached constraint.
///
/// It holds the statement's text, which never has people's values in it, and not what was bound to it.
public struct StorageFault: Error, Hashable, Sendable {
    /// SQLite's extended result code (sqlite.org/rescode.html).
    public let code: Int32
    public let message: String
    /// What was being done: the SQL, or a word such as `open`.
    public let action: String

    /// A rule of the schema refused the write; rules are asked first, so this is a fault of the program.
    public var isConstraint: Bool { code & 0xFF == SQLITE_CONSTRAINT }
    public var isDiskFull: Bool { code & 0xFF == SQLITE_FULL }
    public var isBusy: Bool { code & 0xFF == SQLITE_BUSY }
    /// What is in the file does not hold together.
    public var isDamage: Bool { code & 0xFF == SQLITE_CORRUPT }
    var isOfOpening: Bool { code & 0xFF == SQLITE_CANTOPEN || action == "open" }
    var isReadOnly: Bool { code & 0xFF == SQLITE_READONLY }
    var isNotADatabase: Bool { code & 0xFF == SQLITE_NOTADB }
}

extension StorageFault {
    /// A fault of the system's beside SQLite's own, under the code that SQLite has for it.
    init(errno code: Int32, action: String) {
        self.init(
            code: code == ENOSPC ? SQLITE_FULL : SQLITE_IOERR, message: String(cString: strerror(code)),
            action: action)
    }
}

extension StorageFault: CustomStringConvertible {
    public var description: String { "\(message) (SQLite code \(code)) in: \(action)" }
}
