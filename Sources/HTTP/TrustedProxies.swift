/// The reverse proxies whose word about a client's address is taken: whoever may use a Unix socket of ours, as its
/// file's mode decides about that, and otherwise nobody by default.
public struct TrustedProxies: Sendable {
    private let trusts: @Sendable (_ address: String) -> Bool

    /// - Parameter trusts: told an IP address as `Request.remoteAddress` has it, such as `127.0.0.1` or `::1`.
    public init(_ trusts: @escaping @Sendable (_ address: String) -> Bool = { _ in false }) {
        self.trusts = trusts
    }

    public func contains(_ address: String) -> Bool {
        address == Request.unixAddress || trusts(address)
    }

    /// Whose request it is: the peer, or, if that is a trusted proxy, the last address of `X-Forwarded-For`
    /// that is not itself one of a trusted proxy. What a client wrote into that header comes before it.
    public func client(peer: String, headers: Headers) -> String {
        guard contains(peer) else { return peer }
        let hops = headers.all("X-Forwarded-For").flatMap { $0.split(separator: ",") }
        var client = peer
        for hop in hops.reversed() {
            let address = String(hop.filter { $0 != " " && $0 != "[" && $0 != "]" })
            guard TrustedProxies.isAddress(address) else { break }
            client = address
            if !contains(address) { break }
        }
        return client
    }

    /// Enough to keep anything but an address out of logs and limits.
    private static func isAddress(_ text: String) -> Bool {
        (2...45).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
