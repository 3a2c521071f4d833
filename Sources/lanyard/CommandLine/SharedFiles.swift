import FoundationEssentials

/// The files that come with the program: badge templates, the sample event.
enum SharedFiles {
    /// Finds a file or folder by its path in the source tree: in the tree that the program was built in, or
    /// where it was installed, `share/lanyard` beside the folder of the program.
    static func find(_ path: String) throws -> String {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        else {
            throw Failure("/proc is not mounted, so the files that came with Lanyard can't be found.")
        }
        var folder = program[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            for candidate in ["\(folder)/share/lanyard/\(path)", "\(folder)/\(path)"]
            where FileManager.default.fileExists(atPath: candidate) {
                return candidate
            }
        }
        throw Failure(
            "\(path) was not found near \(program). Copy it to share/lanyard beside the program's folder.")
    }
}
