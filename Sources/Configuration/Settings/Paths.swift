import Glibc

/// A path that means the same in whatever folder a program runs: one that begins with `/` as it is, any other
/// seen from `folder`, which itself may be seen from the current one.
public func absolutePath(_ path: String, from folder: String = ".") -> String {
    guard !path.hasPrefix("/") else { return path }
    let start = folder.hasPrefix("/") ? folder : currentFolder + "/" + folder
    let parts = (start + "/" + path).split(separator: "/").filter { $0 != "." }
    return "/" + parts.joined(separator: "/")
}

/// Where a file is, as its path says.
func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

private var currentFolder: String {
    guard let name = getcwd(nil, 0) else { return "" }
    defer { free(name) }
    return String(cString: name)
}

extension DatabaseAddress {
    /// The same database in whatever folder a program runs.
    public func absolute(from folder: String) -> DatabaseAddress {
        switch self {
        case .sqlite(let path): .sqlite(path: absolutePath(path, from: folder))
        }
    }
}

extension TableReader {
    /// A path as it is seen from the file's own folder.
    func absolute(_ path: String) -> String {
        absolutePath(path, from: folder(of: notes.file))
    }

    /// A path as it is seen from the file's own folder; nil also where the text is empty.
    func path(_ key: String) -> String? {
        text(key, limit: 1_000).flatMap { $0.isEmpty ? nil : absolute($0) }
    }

    /// Where to listen, a Unix socket seen from the file's own folder.
    func listenAddress(_ key: String) -> ListenAddress? {
        parsed(key) { text throws(InvalidText) in
            let address = try ListenAddress(text)
            guard case .unix(let path) = address else { return address }
            return try ListenAddress("unix:" + absolute(path))
        }
    }
}
