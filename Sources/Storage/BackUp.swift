internal import Glibc

extension Store {
    /// Copies the database as it is at one moment into a new file, beside readers and the writer; false if
    /// there is such a file already. The copy appears under its name once all of it is on disk.
    public func backUp(to path: String) async throws -> Bool {
        guard access(path, F_OK) != 0 else { return false }
        let unfinished = path + ".unfinished"
        unlink(unfinished)
        defer { unlink(unfinished) }
        try await copy(to: unfinished)
        for (name, flags) in [(unfinished, O_RDONLY), (path.folder, O_RDONLY | O_DIRECTORY)] {
            // The name must not be seen before the content is safe, nor be lost after.
            if name != unfinished, link(unfinished, path) != 0 {
                guard errno == EEXIST else { throw StorageFault.system(errno, "link") }
                return false
            }
            try StorageFault.check("sync") { sync(name, flags) }
        }
        return true
    }

    private func sync(_ path: String, _ flags: Int32) -> Int32 {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { return -1 }
        defer { Glibc.close(descriptor) }
        return fsync(descriptor)
    }
}

extension String {
    fileprivate var folder: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}

extension StorageFault {
    static func check(_ action: String, _ call: () -> Int32) throws(StorageFault) {
        if call() != 0 { throw system(errno, action) }
    }

    /// A fault of the system's, with its number.
    static func system(_ code: Int32, _ action: String) -> StorageFault {
        StorageFault(code: 10, message: String(cString: strerror(code)), action: action)
    }
}
