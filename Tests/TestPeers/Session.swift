import Glibc
import Synchronization

/// What a program started, and what that started in turn: they share its session, though their groups differ.
///
/// The number of a session is that of the process it began with, and nobody else gets it before that one is
/// reaped.
enum Session {
    private static let running = Mutex<Set<Int32>>([])

    /// Notes that a session began, which ends with the process of the tests at the latest.
    static func began(_ number: Int32) {
        _ = atEnd
        running.withLock { _ = $0.insert(number) }
    }

    /// Kills what a program left behind that has ended, such as the backends of a print server that was killed:
    /// they would try to reach their printers for ever. Call before reaping it.
    static func end(_ number: Int32) {
        killAll(of: [number])
        running.withLock { _ = $0.remove(number) }
    }

    private static let atEnd: Void = {
        atexit {
            // Under the lock, so that no number goes to a stranger meanwhile.
            Session.running.withLock { Session.killAll(of: $0) }
        }
    }()

    /// Returns when none of them runs, or after a second, as the kernel may have one in its hands for longer.
    private static func killAll(of sessions: Set<Int32>) {
        for _ in 0..<200 {
            let left = members(of: sessions)
            if left.isEmpty { return }
            // What one of them starts just now is found the next time.
            for process in left { kill(process, SIGKILL) }
            usleep(5_000)
        }
    }

    private static func members(of sessions: Set<Int32>) -> [Int32] {
        guard !sessions.isEmpty, let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var members: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
            guard let process = Int32(name), let session = session(of: process),
                sessions.contains(session)
            else { continue }
            members.append(process)
        }
        return members
    }

    /// Nil for a process that has ended, reaped or not.
    private static func session(of process: Int32) -> Int32? {
        guard let file = fopen("/proc/\(process)/stat", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = fread(&buffer, 1, buffer.count, file)
        // `1234 (its name) S parent group session …`, proc_pid_stat(5); a name may hold anything.
        guard let name = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = buffer[(name + 1)..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 3, !fields[0].elementsEqual("Z".utf8), !fields[0].elementsEqual("X".utf8)
        else { return nil }
        return Int32(String(decoding: fields[3], as: UTF8.self))
    }
}
