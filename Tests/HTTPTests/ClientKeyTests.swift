import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ClientKeyTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"), ("2001:db8:1:3::", "2001:db8:1:3::/64"), ("::1", "::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"), ("::ffff:c000:207", "192.0.2.7"), ("unix", "unix"),
        ("2001:db8", "2001:db8"), ("", ""), ("fe80::1%eth0", "fe80::1%eth0"),
    ])
    func `all addresses of one client have one key`(address: String, key: String) {
        #expect(Request.clientKey(of: address) == key)
        #expect(Request(.get, "/", remoteAddress: address).clientKey == key)
    }
}
