import Glibc
internal import Working

/// A folder that letters are written to, each as a file that mail programs open.
struct MailFolder: Sendable {
    var folder: String

    /// Who else may read them is decided by the folder's group.
    static let fileMode: mode_t = 0o640

    /// Writes a letter, or over the one of that name. Blocks.
    func deliver(_ message: Message, name: String) -> Delivery {
        do {
            try writeWhole(message.bytes, to: "\(name).eml", in: folder, mode: MailFolder.fileMode)
            return .accepted
        } catch {
            return .unreachable(MailFolder.words(for: error.number))
        }
    }

    private static func words(for number: Int32) -> String {
        switch number {
        case ENOSPC, EDQUOT: "The letters' folder has a full disk"
        case EACCES, EPERM, EROFS: "The letters' folder can't be written to"
        case ENOENT, ENOTDIR: "The letters' folder does not exist"
        default: "The letters' folder fails: \(String(cString: strerror(number)))"
        }
    }
}
