import Glibc

/// The process's limit on open files, which each connection takes one of.
enum OpenFiles {
    /// What databases, doors, printers and logs need beside the connections.
    static let reserved = 512

    /// Raises the limit as far as allowed and needed; returns how many connections it leaves room for.
    static func makeRoom(for connections: Int) -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return connections }
        let wanted = rlim_t(connections + reserved)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = min(wanted, limit.rlim_max)
            setrlimit(kind, &limit)
        }
        return max(1, min(connections, Int(clamping: limit.rlim_cur) - reserved))
    }
}
