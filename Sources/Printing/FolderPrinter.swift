import Glibc

/// A printer that is a folder: each badge becomes a PDF file in it.
struct FolderPrinter: Hashable, Sendable {
    var folder: String

    /// What Config/lanyard.toml promises.
    static let fileMode: mode_t = 0o640

    /// Why a badge could not be written.
    struct Failure: Error, Hashable {
        /// The system's error number.
        var number: Int32

        /// What whoever looks after the folder is told.
        var reason: String {
            switch number {
            case ENOSPC, EDQUOT: "The badge folder's disk is full"
            case EACCES, EPERM, EROFS: "The badge folder can't be written to"
            case ENOENT, ENOTDIR: "The badge folder does not exist"
            default: "The badge folder fails: \(String(cString: strerror(number)))"
            }
        }
    }

    /// Writes a badge so that the file is there whole and on disk, or not at all. Blocks.
    ///
    /// The same name again overwrites the same file.
    func write(_ document: [UInt8], name: String) throws(Failure) {
        let temporary = "\(folder)/.\(name).part"
        do throws(Failure) {
            try writeThrough(document, to: temporary)
            guard rename(temporary, "\(folder)/\(name).pdf") == 0 else { throw Failure(number: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        // The new name is in the folder for good only once the folder is.
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw Failure(number: errno) }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw Failure(number: errno) }
    }

    private func writeThrough(_ document: [UInt8], to path: String) throws(Failure) {
        let handle = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw Failure(number: errno) }
        defer { close(handle) }
        // Whatever the umask is: who else may read a badge is decided by the folder's group.
        guard fchmod(handle, FolderPrinter.fileMode) == 0 else { throw Failure(number: errno) }
        var written = 0
        while written < document.count {
            let count = document.withUnsafeBytes { bytes in
                Glibc.write(handle, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(number: errno) }
            written += count
        }
        guard fsync(handle) == 0 else { throw Failure(number: errno) }
    }
}
