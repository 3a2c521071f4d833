import FoundationEssentials
import Glibc

/// Something did not work; the text says what.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

func describe(_ error: Int32) -> String { String(cString: strerror(error)) }

/// Reads a file, also one of /proc, which has no size.
func readFile(_ path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure("\(path) can't be read: \(describe(errno))") }
    defer { close(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 16_384)
    while true {
        let count = read(file, &part, part.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += part[..<count]
    }
}

func writeFile(_ path: String, _ text: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
        throw Failure("\(path) can't be written")
    }
}

/// A new folder that nobody else has, for this account alone.
func makeFolder(below parent: String) throws -> String {
    do {
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
        throw Failure("\(parent) can't be made: \(error)")
    }
    var template = Array("\(parent)/lanyard-bench-XXXXXX".utf8CString)
    guard let path = mkdtemp(&template) else {
        throw Failure("no folder can be made in \(parent): \(describe(errno))")
    }
    return String(cString: path)
}

func removeFolder(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
}

extension String {
    var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
