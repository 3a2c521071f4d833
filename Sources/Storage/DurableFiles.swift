internal import Glibc

/// What must be on disk before anybody is told of it. Each throws `StorageFault`.
enum DurableFiles {
    /// Makes an empty file, which SQLite takes for a new one, under a name that nobody has; for this user alone.
    static func make(beside path: String) throws -> String {
        var template = Array((path + ".unfinished-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw StorageFault(errno: errno, action: "make the copy's file") }
        close(descriptor)
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static func sync(file path: String) throws { try sync(path, O_RDONLY) }

    /// The folder that a file is in, with the names in it.
    static func syncFolder(of path: String) throws { try sync(folder(of: path), O_RDONLY | O_DIRECTORY) }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageFault(errno: errno, action: "sync") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageFault(errno: errno, action: "sync") }
    }
}
