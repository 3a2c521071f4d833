import CSystemd
import Glibc

/// What systemd hands over and wants to be told; without systemd there is nothing, and nobody is told.
enum ServiceManager {
    /// The listening sockets that systemd passed, by the names in their socket units. Call it once.
    ///
    /// The corresponding C function is `sd_listen_fds_with_names`.
    static func passedSockets() -> [String: Int32] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &names)
        guard count > 0, let names else { return [:] }
        defer { free(names) }
        var sockets: [String: Int32] = [:]
        for index in 0..<Int(count) {
            guard let name = names[index] else { continue }
            sockets[String(cString: name)] = SD_LISTEN_FDS_START + Int32(index)
            free(name)
        }
        return sockets
    }

    /// How often systemd wants to hear that the daemon is well, in microseconds; nil for never.
    static var watchdogMicroseconds: UInt64? {
        var interval: UInt64 = 0
        return sd_watchdog_enabled(0, &interval) > 0 ? interval : nil
    }

    /// Tells systemd, in the words of sd_notify(3): `READY=1`, `STOPPING=1`, `WATCHDOG=1`, `STATUS=…`.
    static func tell(_ state: String) {
        sd_notify(0, state)
    }
}
