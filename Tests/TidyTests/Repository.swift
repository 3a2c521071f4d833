import FoundationEssentials
import Testing

/// The checkout that these tests were built from.
enum Repository {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized.path

    static func text(_ path: String) throws -> String {
        let data = try #require(
            FileManager.default.contents(atPath: "\(root)/\(path)"), "\(path) can't be read")
        return try #require(String(validating: data, as: UTF8.self), "\(path) is no UTF-8")
    }

    /// Every file below a folder, in order, as paths from the root.
    static func files(below folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            .map { "\(folder)/\($0)" }
            .filter { path in
                var isFolder = false
                return FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
                    && !isFolder
            }
            .sorted()
    }

    /// All that people wrote, but for pictures.
    static func textFiles() throws -> [String] {
        let folders = try ["Sources", "Tests", "Config", "Badges", "systemd"].flatMap(files(below:))
        let pictures = ["png", "jpg", "gif", "ico", "pdf", "woff2"]
        return (folders + ["Package.swift", ".ci/run"]).filter { path in
            !pictures.contains { path.hasSuffix(".\($0)") }
        }
    }
}
