import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TrustedProxiesTests {
    let proxies = TrustedProxies(["10.0.0.1", "10.0.0.2", "::1"].contains)

    @Test(arguments: [
        ("192.0.2.1", ["198.51.100.1"], "192.0.2.1"), ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"), ("unix", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1, 10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1", "10.0.0.2"], "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.2"), ("::1", ["[2001:db8::1]"], "2001:db8::1"),
        ("10.0.0.1", ["6.6.6.6, unknown"], "10.0.0.1"), ("10.0.0.1", ["<script>"], "10.0.0.1"),
        ("10.0.0.1", ["6.6.6.6, ,10.0.0.2"], "10.0.0.2"), ("10.0.0.1", [""], "10.0.0.1"),
    ])
    func `the client is the last hop that no trusted proxy is`(
        peer: String, forwarded: [String], client: String
    ) {
        var headers = Headers()
        for value in forwarded { headers.add("X-Forwarded-For", value) }
        #expect(proxies.client(peer: peer, headers: headers) == client)
    }

    @Test func `nobody is believed without being named, but for whoever may use our Unix socket`() {
        let headers: Headers = ["X-Forwarded-For": "198.51.100.1"]
        #expect(TrustedProxies().client(peer: "10.0.0.1", headers: headers) == "10.0.0.1")
        #expect(TrustedProxies().client(peer: Request.unixAddress, headers: headers) == "198.51.100.1")
        #expect(TrustedProxies().client(peer: "10.0.0.1", headers: ["X-Forwarded-For": "unix"]) == "10.0.0.1")
    }
}
