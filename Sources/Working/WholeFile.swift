public import Glibc

/// The system's error number of what kept a file from being written.
public struct WritingFailure: Error, Hashable {
    public var number: Int32
}

/// Writes a file so that it is there whole and on disk, or not at all; one of that name is replaced. Blocks.
///
/// While it is written it has another name, which begins with a dot and ends with `.part`.
///
/// - Parameter mode: its permissions, whatever the umask is.
public func writeWhole(
    _ bytes: [UInt8], to name: String, in folder: String, mode: mode_t
) throws(WritingFailure) {
    let temporary = "\(folder)/.\(name).part"
    do throws(WritingFailure) {
        try writeThrough(bytes, to: temporary, mode: mode)
        guard rename(temporary, "\(folder)/\(name)") == 0 else { throw WritingFailure(number: errno) }
    } catch {
        unlink(temporary)
        throw error
    }
    // The new name is in the folder for good only once the folder is.
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw WritingFailure(number: errno) }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw WritingFailure(number: errno) }
}

private func writeThrough(_ bytes: [UInt8], to path: String, mode: mode_t) throws(WritingFailure) {
    let handle = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard handle >= 0 else { throw WritingFailure(number: errno) }
    defer { close(handle) }
    guard fchmod(handle, mode) == 0 else { throw WritingFailure(number: errno) }
    var written = 0
    while written < bytes.count {
        let count = bytes.withUnsafeBytes { buffer in
            Glibc.write(handle, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw WritingFailure(number: errno) }
        written += count
    }
    guard fsync(handle) == 0 else { throw WritingFailure(number: errno) }
}
