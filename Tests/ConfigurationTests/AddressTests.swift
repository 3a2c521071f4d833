import Configuration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AddressTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
        ("10.0.0.0/8", "::ffff:10.0.0.1", true), ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
        ("::/0", "8.8.8.8", true), ("::1", "::1", true), ("::1", "0:0:0:0:0:0:0:1", true),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("::ffff:10.0.0.0/104", "10.9.9.9", true), ("fe80::/10", "fe80::1%eth0", true),
        ("192.168.1.128/25", "192.168.1.127", false), ("192.168.1.128/25", "192.168.1.128", true),
        ("10.0.0.0/8", "localhost", false), ("10.0.0.0/8", "", false),
    ])
    func `a range holds the addresses that begin as it does`(range: String, address: String, isIn: Bool)
        throws
    {
        #expect(try AddressRange(range).contains(address) == isIn)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.1/8",
        "::1/129",
        "10.0.0", "localhost", "fe80::1%eth0", "010.0.0.1", "1.2.3.4 ",
    ])
    func `what is no range is refused`(text: String) {
        #expect(throws: InvalidText.self) { try AddressRange(text) }
    }

    @Test(arguments: [
        "127.0.0.1:8080", "[::1]:80", "localhost:1", "0.0.0.0:65535", "unix:/run/x.sock", "127.0.0.1:0",
    ])
    func `an address to listen on is written as it was read`(text: String) throws {
        #expect(try ListenAddress(text).description == text)
    }

    @Test(arguments: [
        "", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:-1", "127.0.0.1:65536", "::1:80", "[::1]",
        "[1.2.3.4]:80",
        "example.org:80", "unix:", "unix:" + String(repeating: "x", count: 108), "127.0.0.1:٣",
    ])
    func `what can't be listened on is refused`(text: String) {
        #expect(throws: InvalidText.self) { try ListenAddress(text) }
    }

    @Test(arguments: [
        ("127.0.0.1:1", "127.0.0.1:1", true), ("127.0.0.1:1", "127.0.0.1:2", false),
        ("127.0.0.1:0", "127.0.0.1:0", false), ("0.0.0.0:1", "10.0.0.1:1", true),
        ("[::]:1", "10.0.0.1:1", true),
        ("0.0.0.0:1", "[::1]:1", false), ("localhost:1", "127.0.0.1:1", true), ("unix:/a", "unix:/a", true),
        ("unix:/a", "unix:/b", false), ("unix:/a", "127.0.0.1:1", false),
    ])
    func `two that can't both be listened on clash`(one: String, other: String, clash: Bool) throws {
        #expect(try ListenAddress(one).clashes(with: ListenAddress(other)) == clash)
        #expect(try ListenAddress(other).clashes(with: ListenAddress(one)) == clash)
    }
}
