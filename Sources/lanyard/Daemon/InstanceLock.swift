import Glibc

/// Held while a daemon runs on a database, so that a second one doesn't print every badge again. The verbs of
/// the command line work beside it.
///
/// The lock is the system's and goes with the process, however it ends.
struct InstanceLock: ~Copyable {
    private let descriptor: Int32

    /// - Parameter otherwise: what else than stopping the other helps, without a full stop.
    init(database path: String, otherwise: String = "name another database") throws {
        let file = path + ".daemon"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                "\(file) can't be opened: \(String(cString: strerror(errno))). Check that the database's folder"
                    + " exists and is yours to write to.")
        }
        // The first to lock it may be root's `lanyard restore`: the daemon's own account must be able to as well.
        var folder = stat()
        let place = path.lastIndex(of: "/").map { path[...$0] } ?? "."
        if geteuid() == 0, stat(String(place), &folder) == 0 {
            fchown(descriptor, folder.st_uid, folder.st_gid)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Failure("Another daemon is running on \(path). Stop it first, or \(otherwise).")
        }
    }

    deinit {
        close(descriptor)
    }
}
