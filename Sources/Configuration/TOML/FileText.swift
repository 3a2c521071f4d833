import Glibc

/// The bytes of a file of at most so many; throws in plain words if it can't be read or is larger.
func readFile(_ path: String, limit: Int) throws(InvalidFile) -> [UInt8] {
    func invalid(_ message: String) -> InvalidFile {
        InvalidFile([Mistake(file: path, position: nil, message: message)])
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw invalid("can't be opened: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count < bytes.count {
        let part = bytes.withUnsafeMutableBytes { buffer in
            read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        }
        if part < 0, errno == EINTR { continue }
        guard part >= 0 else { throw invalid("can't be read: \(String(cString: strerror(errno)))") }
        if part == 0 { break }
        count += part
    }
    guard count <= limit else { throw invalid("is larger than \(limit) bytes; nothing of it was taken") }
    return Array(bytes[..<count])
}
