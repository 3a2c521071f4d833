import FoundationEssentials
import Glibc
import Synchronization

struct SpawnFailure: Error { var number: Int32 }

/// What `posix_spawn` needs to start a program in a session of its own, with its output on two pipes.
struct Spawning: Sendable {
    var command: [String]
    var environment: [String: String]

    typealias Spawned = (processID: Int32, output: Int32, errorOutput: Int32)

    /// `POSIX_SPAWN_SETSID` of glibc's spawn.h, which shows it only with its own extensions.
    private static let ownSession: Int32 = 0x80

    /// One at a time, so that no child inherits the pipe of another that was just being made.
    private static let turn = Mutex(())

    /// Starts it and returns its number and the ends of the pipes to read from, which the caller closes.
    func spawn() throws(SpawnFailure) -> Spawned {
        try Spawning.turn.withLock { _ throws(SpawnFailure) in try spawnAlone() }
    }

    private func spawnAlone() throws(SpawnFailure) -> Spawned {
        let output = try makePipe()
        let errorOutput = try makePipe()
        defer { for end in [output.write, errorOutput.write] { close(end) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.write, 1)
        posix_spawn_file_actions_adddup2(&actions, errorOutput.write, 2)
        for handle in openHandles where handle > 2 { posix_spawn_file_actions_addclose(&actions, handle) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | Spawning.ownSession))

        var processID: Int32 = 0
        let number = withCStrings(command) { arguments in
            withCStrings(mergedEnvironment()) { environment in
                posix_spawn(&processID, command[0], &actions, &attributes, arguments, environment)
            }
        }
        guard number == 0 else {
            for end in [output.read, errorOutput.read] { close(end) }
            throw SpawnFailure(number: number)
        }
        return (processID, output.read, errorOutput.read)
    }

    private func makePipe() throws(SpawnFailure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SpawnFailure(number: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// What this process has open: a child that kept a socket of the test's would keep it from closing.
    private var openHandles: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }
    }

    private func mergedEnvironment() -> [String] {
        var lines: [String] = []
        var entry = environ
        while let line = entry.pointee {
            let text = String(cString: line)
            if environment[String(text.prefix { $0 != "=" })] == nil { lines.append(text) }
            entry += 1
        }
        return lines + environment.map { "\($0)=\($1)" }
    }
}

/// Lends the texts as a C array ended by nil.
private func withCStrings<R>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
) -> R {
    var pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("the array ends with nil") }
        return body(UnsafePointer(base))
    }
}
