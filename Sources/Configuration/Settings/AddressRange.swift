import Glibc

/// A numeric IP address; one of version 4 is kept as IPv6 maps it (RFC 4291, 2.5.5.2), so that both forms
/// of it are the same address.
struct IPAddress: Hashable, Sendable {
    private static let mapping: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// 16.
    var bytes: [UInt8]

    var isVersion4: Bool { bytes.starts(with: IPAddress.mapping) }

    /// Nil if the text is no address. The zone of a link-local one (`%eth0`) is not looked at.
    init?(_ text: String) {
        var version4 = in_addr()
        if inet_pton(AF_INET, text, &version4) == 1 {
            bytes = IPAddress.mapping + withUnsafeBytes(of: version4, Array.init)
            return
        }
        var version6 = in6_addr()
        guard inet_pton(AF_INET6, String(text.prefix { $0 != "%" }), &version6) == 1 else { return nil }
        bytes = withUnsafeBytes(of: version6, Array.init)
    }
}

/// Addresses that begin with the same bits: `10.0.0.0/8`, `2001:db8::/32`, or a single one, `::1`.
public struct AddressRange: Hashable, Sendable {
    private let bytes: [UInt8]
    /// How many of the 128 bits count.
    private let bits: Int
    private let text: String

    public init(_ text: String) throws(InvalidText) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(String($0)) }), !text.contains("%") else {
            throw InvalidText(
                "is to have addresses such as \"10.0.0.0/8\", \"192.168.1.20\" or \"::1\", not \"\(text.prefix(64))\""
            )
        }
        let width = address.isVersion4 && !text.contains(":") ? 32 : 128
        var bits = width
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...width).contains(number), parts[1].first != "+" else {
                throw InvalidText(
                    "has the range \"\(text.prefix(64))\"; after the / stands a number up to \(width)")
            }
            bits = number
        }
        self.bits = bits + 128 - width
        bytes = address.bytes
        self.text = text
        let base = AddressRange.masked(bytes, self.bits)
        guard base == bytes else {
            throw InvalidText(
                "has \"\(text)\", which is one address with a range's length: leave out \"/\(bits)\", or write "
                    + "the first address of the range before it")
        }
    }

    /// Whether a numeric address is in the range; what is no address is in none.
    public func contains(_ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        return AddressRange.masked(address.bytes, bits) == bytes
    }

    private static func masked(_ bytes: [UInt8], _ bits: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            byte & ~UInt8(truncatingIfNeeded: 0xFF >> max(0, min(8, bits - index * 8)))
        }
    }
}

extension AddressRange: CustomStringConvertible {
    public var description: String { text }
}

extension Sequence<AddressRange> {
    /// Whether a numeric address is in one of them.
    public func contain(_ address: String) -> Bool {
        contains { $0.contains(address) }
    }
}
