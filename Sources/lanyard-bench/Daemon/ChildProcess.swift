import Glibc

/// A child process: the daemon, one of its verbs, or a floor.
final class ChildProcess {
    let id: Int32
    private var status: Int32?

    /// Starts a program, which the kernel ends should this one end without doing so.
    ///
    /// - Parameter output: the file that both of its outputs are appended to.
    init(_ command: [String], output: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        let command = ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--"] + command
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var id: Int32 = 0
        let number = posix_spawn(&id, command[0], &actions, &attributes, arguments, environ)
        guard number == 0 else { throw Failure("\(command[0]) can't be started: \(describe(number))") }
        self.id = id
        Leftovers.note(child: id)
    }

    deinit { stop() }

    /// Waits for its end; its exit status, or 128 and the signal.
    @discardableResult
    func wait() -> Int32 {
        if let status { return status }
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        Leftovers.forget(child: id)
        var word: Int32 = 0
        while waitpid(id, &word, 0) < 0, errno == EINTR {}
        let status = word & 0x7F == 0 ? word >> 8 & 0xFF : 128 + word & 0x7F
        self.status = status
        return status
    }

    var hasEnded: Bool {
        var information = siginfo_t()
        return status != nil
            || waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT | WNOHANG) == 0
                && information.si_signo == SIGCHLD
    }

    /// Asks it to end and waits; what does not end within 15 s is killed.
    @discardableResult
    func stop() -> Int32 {
        if let status { return status }
        kill(id, SIGTERM)
        let deadline = now() + 15
        while now() < deadline {
            if hasEnded { return wait() }
            usleep(2_000)
        }
        kill(id, SIGKILL)
        return wait()
    }

    /// The processor time that it has taken, in seconds, to a hundredth.
    var processorSeconds: Double {
        // The second field is the program's name in parentheses; the numbers come after it (proc(5)).
        let fields =
            (try? readFile("/proc/\(id)/stat"))?.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return 0
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// What of it is in memory, in bytes, and how much of that is no part of a file.
    var residentBytes: (all: Int, anonymous: Int) {
        let lines = (try? readFile("/proc/\(id)/status"))?.split(separator: "\n") ?? []
        func value(_ name: String) -> Int {
            lines.first { $0.hasPrefix(name) }?.split(separator: " ").compactMap { Int($0) }.first ?? 0
        }
        return (value("VmRSS:\t") * 1_024, value("RssAnon:\t") * 1_024)
    }
}
