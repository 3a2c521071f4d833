import Glibc
import Synchronization

/// One child process, and the thread that started it, collects what it writes and reaps it.
///
/// The thread lives as long as the child: the kernel sends the child its parent-death signal when the thread
/// that started it ends, not the process.
final class Child: Sendable {
    struct State {
        var processID: Int32?
        var startError: Int32?
        var status: Program.ExitStatus?
        var output: [UInt8] = []
        var errorOutput: [UInt8] = []
    }

    static let outputLimit = 16 << 20

    let state = Mutex(State())
    private let spawning: Spawning

    init(_ spawning: Spawning) { self.spawning = spawning }

    /// Starts the thread and returns when the child runs: nil, or the error number of what failed.
    func start() throws -> Int32? {
        inThread { [self] in
            do throws(SpawnFailure) {
                let (processID, output, errorOutput) = try spawning.spawn()
                Session.began(processID)
                state.withLock { $0.processID = processID }
                collect(processID, [output, errorOutput])
            } catch {
                state.withLock { $0.startError = error.number }
            }
        }
        while true {
            let (begun, failed) = state.withLock {
                ($0.processID != nil || $0.status != nil, $0.startError)
            }
            if begun || failed != nil { return failed }
            usleep(500)
        }
    }

    /// Never reaches a stranger's process: the number is given back under the same lock as it is used.
    func signal(_ signal: Int32) {
        state.withLock { state in
            if let processID = state.processID { _ = Glibc.kill(processID, signal) }
        }
    }

    private func collect(_ processID: Int32, _ pipes: [Int32]) {
        var open = pipes
        while !open.isEmpty {
            var events = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            _ = poll(&events, nfds_t(events.count), 50)
            for event in events where event.revents != 0 && !read(event.fd, isError: event.fd == pipes[1]) {
                open.removeAll { $0 == event.fd }
            }
            // A grandchild may hold the pipes open for long after the child has ended.
            if events.allSatisfy({ $0.revents == 0 }), reap(processID, options: WNOHANG) { break }
        }
        for pipe in pipes { close(pipe) }
        while !reap(processID, options: 0) {}
    }

    private func read(_ pipe: Int32, isError: Bool) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(pipe, &buffer, buffer.count)
        guard count > 0 else { return false }
        state.withLock { state in
            let room = Child.outputLimit - (isError ? state.errorOutput.count : state.output.count)
            let bytes = buffer[..<min(count, room)]
            if isError { state.errorOutput += bytes } else { state.output += bytes }
        }
        return true
    }

    private func reap(_ processID: Int32, options: Int32) -> Bool {
        if state.withLock({ $0.status != nil }) { return true }
        var information = siginfo_t()
        // Looks without reaping, so that the wait is not under the lock and the number stays the child's.
        guard waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT | options) == 0,
            information.si_signo == SIGCHLD
        else { return false }
        Session.end(processID)
        state.withLock { state in
            var status: Int32 = 0
            waitpid(processID, &status, 0)
            state.processID = nil
            state.status =
                status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
        }
        return true
    }
}
