import Glibc
internal import Working

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
            case ENOENT, ENOTDIR:
                "The badge folder does not exist. Print on another printer, or ask whoever runs Lanyard to make the "
                    + "folder: this badge comes by itself then"
            default: "The badge folder fails: \(String(cString: strerror(number)))"
            }
        }
    }

    /// Writes a badge so that the file is there whole and on disk, or not at all. Blocks.
    ///
    /// The same name again overwrites the same file.
    func write(_ document: [UInt8], name: String) throws(Failure) {
        do {
            try writeWhole(document, to: "\(name).pdf", in: folder, mode: FolderPrinter.fileMode)
        } catch {
            throw Failure(number: error.number)
        }
    }
}
