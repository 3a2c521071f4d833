import Glibc

/// The addresses by which others reach this machine.
enum OwnAddresses {
    /// Whether it stands for all of them.
    static func isAll(_ host: String) -> Bool { host == "0.0.0.0" || host == "::" }

    /// What a browser can open of an address that is listened on: for all of them the first that others reach too,
    /// for any other that itself.
    static func openable(_ host: String) -> String {
        guard isAll(host) else { return host }
        return firstReached(family: host == "::" ? AF_INET6 : AF_INET) ?? loopback(host)
    }

    static func loopback(_ all: String) -> String { all == "::" ? "::1" : "127.0.0.1" }

    /// In the order in which the system has them; nil where it has none but its loopback's.
    private static func firstReached(family: Int32) -> String? {
        var all: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&all) == 0 else { return nil }
        defer { freeifaddrs(all) }
        var next = all
        while let entry = next?.pointee {
            if let name = name(of: entry, family: family) { return name }
            next = entry.ifa_next
        }
        return nil
    }

    private static func name(of entry: ifaddrs, family: Int32) -> String? {
        guard let address = entry.ifa_addr, Int32(address.pointee.sa_family) == family,
            entry.ifa_flags & UInt32(IFF_UP) != 0,
            entry.ifa_flags & UInt32(IFF_LOOPBACK) == 0
        else { return nil }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let length = family == AF_INET6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        let code = getnameinfo(
            address, socklen_t(length), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        let name = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        // With a `%`, it is good on one network of this machine alone.
        return name.contains("%") ? nil : name
    }
}
