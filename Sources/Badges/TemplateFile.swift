import Glibc

/// Reads all templates of badges of a folder (its files `*.svg`, not those of folders in it), by name.
///
/// Throws all mistakes of all files. A folder without templates gives none. `certificate-….svg` is left alone.
public func loadTemplates(folder: String) throws(TemplateMistakes) -> [String: BadgeTemplate] {
    var templates: [String: BadgeTemplate] = [:]
    var mistakes: [TemplateMistake] = []
    for file in try TemplateFile.list(folder: folder)
    where TemplatePurpose(fileName: TemplateFile.name(of: file)) == .badge {
        do {
            let template = try BadgeTemplate(file: file)
            templates[template.name] = template
        } catch {
            mistakes += error.all
        }
    }
    guard mistakes.isEmpty else { throw TemplateMistakes(mistakes) }
    return templates
}

/// What files of templates have in common, whatever they are templates of.
public enum TemplateFile {
    static let filesLimit = 200
    private static let suffix = ".svg"

    /// The file's name without folders and without `.svg`.
    static func name(of path: String) -> String {
        let file = String(path.split(separator: "/").last ?? "")
        return file.hasSuffix(suffix) ? String(file.dropLast(suffix.utf8.count)) : file
    }

    /// The bytes of a file, which must be one and have no more than `limit` bytes.
    public static func read(
        _ path: String, limit: Int = BadgeTemplate.fileLimit
    ) throws(TemplateMistakes) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw failed(path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failed(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw TemplateMistakes([TemplateMistake(file: path, line: nil, reason: "This is not a file")])
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count <= limit {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failed(path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        throw TemplateMistakes([tooLarge(path, limit: limit)])
    }

    static func tooLarge(_ path: String, limit: Int = BadgeTemplate.fileLimit) -> TemplateMistake {
        TemplateMistake(
            file: path, line: nil, reason: "The file is larger than \(limit >> 10) KiB")
    }

    /// In the order of their names.
    static func list(folder: String) throws(TemplateMistakes) -> [String] {
        guard let directory = opendir(folder) else { throw failed(folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // Editors keep half-written copies under names that begin with a dot.
            if name.hasSuffix(suffix), !name.hasPrefix(".") { names.append(name) }
        }
        guard names.count <= filesLimit else {
            let reason = "The folder has more than \(filesLimit) templates"
            throw TemplateMistakes([TemplateMistake(file: folder, line: nil, reason: reason)])
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }

    private static func failed(_ path: String) -> TemplateMistakes {
        let reason = "This can't be read: \(String(cString: strerror(errno)))"
        return TemplateMistakes([TemplateMistake(file: path, line: nil, reason: reason)])
    }
}
