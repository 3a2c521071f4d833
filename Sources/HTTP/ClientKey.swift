import Glibc

extension Request {
    /// Whom a limit for each client counts this request to; see `clientKey(of:)`.
    public var clientKey: String { Request.clientKey(of: remoteAddress) }

    /// What all addresses that one client may well take have in common: an IPv4 address is its own, of an IPv6
    /// address it is the network of 64 bits, which every household is given whole. Anything else is its own.
    public static func clientKey(of address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let key = withUnsafeMutableBytes(of: &bytes) { bytes -> String? in
            let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            if bytes.starts(with: mapped) { return text(AF_INET, bytes.baseAddress?.advanced(by: 12)) }
            for index in 8..<16 { bytes[index] = 0 }
            return text(AF_INET6, bytes.baseAddress).map { $0 + "/64" }
        }
        return key ?? address
    }

    private static func text(_ family: Int32, _ bytes: UnsafeMutableRawPointer?) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            inet_ntop(family, bytes, text.baseAddress, socklen_t(text.count)).map { String(cString: $0) }
        }
    }
}
