import Glibc

/// How lines begin.
enum Style: Sendable {
    /// `<6>`: journald takes the priority off the line and knows the time itself.
    case journal
    /// `2024-12-04T09:12:03.041Z info `
    case timed

    /// systemd.exec(5): the variable `JOURNAL_STREAM` holds the device and inode of the journal's stream.
    /// Whoever is started by a service with its output going elsewhere inherits it all the same.
    init(of descriptor: Int32, journalStream: String?) {
        var status = stat()
        let isJournal =
            fstat(descriptor, &status) == 0 && journalStream == "\(status.st_dev):\(status.st_ino)"
        self = isJournal ? .journal : .timed
    }
}
