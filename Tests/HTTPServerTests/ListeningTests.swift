import Foundation
import Glibc
import HTTP
import HTTPServer
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ListeningTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    func home(at address: ListenAddress) async throws -> String {
        try await onThread { try RawClient(address).request("GET", "/").text }
    }

    @Test(arguments: [
        ("127.0.0.1:8080", ListenAddress.tcp(host: "127.0.0.1", port: 8080)),
        ("[::1]:0", .tcp(host: "::1", port: 0)), ("localhost:80", .tcp(host: "localhost", port: 80)),
        ("unix:/run/lanyard/http.sock", .unix(path: "/run/lanyard/http.sock")),
    ])
    func `an address is read as it is written`(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:8080",
        "unix:",
        "unix:" + String(repeating: "a", count: 108),
    ])
    func `what is not an address is refused in words`(text: String) {
        let error = #expect(throws: ListenError.self) { try ListenAddress(text) }
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test func `an IPv6 address is served and its client known by it`() async throws {
        try await withServer(at: ListenAddress("[::1]:0")) { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                try RawClient(address).request("GET", "/address")
            }
            #expect(answer.text == "::1")
        }
    }

    @Test func `one server serves several addresses`() async throws {
        let path = folder.path("http.sock")
        let wanted = [ListenAddress.tcp(host: "127.0.0.1", port: 0), .unix(path: path)]
        let server = try Server(sampleRouter(), listeningOn: wanted)
        for address in server.addresses { #expect(try await home(at: address) == "home") }
        #expect(server.addresses[1] == .unix(path: path))
        await server.stop()
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a Unix socket left behind by a killed server is taken over, one in use is not`() async throws
    {
        let address = ListenAddress.unix(path: folder.path("http.sock"))
        try await withServer(at: address) { _ in
            let error = #expect(throws: ListenError.self) {
                try Server(sampleRouter(), listeningOn: [address])
            }
            #expect(error?.reason.contains("Another program") == true)
            let text = try await home(at: address)
            #expect(text == "home")
        }
        guard case .unix(let path) = address else { return }
        let abandoned = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(abandoned, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(status == 0)
        close(abandoned)
        let text = try await withServer(at: address) { _ in try await home(at: address) }
        #expect(text == "home")
    }

    @Test func `a file that is no socket is never removed`() throws {
        let path = folder.path("lanyard.db")
        let file = open(path, O_CREAT | O_WRONLY, 0o600)
        #expect(file >= 0)
        close(file)
        let error = #expect(throws: ListenError.self) {
            try Server(sampleRouter(), listeningOn: [.unix(path: path)])
        }
        #expect(error?.reason.contains("something else than a socket") == true)
        #expect(access(path, F_OK) == 0)
    }

    @Test func `what another program has put at the path of a socket stays when the server stops`()
        async throws
    {
        let path = folder.path("http.sock")
        let server = try Server(sampleRouter(), listeningOn: [.unix(path: path)])
        unlink(path)
        try await withServer(at: .unix(path: path)) { _ in
            await server.stop()
            let text = try await home(at: .unix(path: path))
            #expect(text == "home")
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a proxy that comes over our Unix socket is believed without being named`() async throws {
        try await withServer(at: .unix(path: folder.path("http.sock"))) { server in
            let answers = try await onThread { [address = server.addresses[0]] in
                try [["X-Forwarded-For: 203.0.113.7"], []].map {
                    try RawClient(address).request("GET", "/address", headers: $0).text
                }
            }
            #expect(answers == ["203.0.113.7", "unix"])
        }
    }

    @Test func `an open listening socket is taken over, as systemd passes one`() async throws {
        let passed = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #expect(listen(passed, 10) == 0)
        try await withServer(at: .descriptor(passed)) { server in
            let port = try #require(server.port)
            #expect(port != 0)
            #expect(try await home(at: .tcp(host: "127.0.0.1", port: port)) == "home")
        }
        let plain = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let error = #expect(throws: ListenError.self) {
            try Server(sampleRouter(), listeningOn: [.descriptor(plain)])
        }
        #expect(error?.reason.contains("ListenStream") == true)
    }

    @Test func `why nobody can listen is said with what to do about it`() async throws {
        try await withServer { server in
            let failures: [(ListenAddress, String)] = [
                (server.addresses[0], "choose another address"),
                (.tcp(host: "192.0.2.1", port: 0), "no such address"),
                (.tcp(host: "no-such-host.invalid", port: 0), "not an address of this machine"),
                (.unix(path: "/no/such/folder/http.sock"), "create it first"),
            ]
            for (address, hint) in failures {
                let error = #expect(throws: ListenError.self) {
                    try Server(sampleRouter(), listeningOn: [address])
                }
                #expect(error?.description.contains(hint) == true, "\(String(describing: error))")
                #expect(error?.address == address.description)
            }
        }
    }

    @Test func `a proxy's word about the client counts only where the proxy is trusted`() async throws {
        let asked = ["X-Forwarded-For: 198.51.100.9, 203.0.113.7"]
        for (trusted, expected) in [([], "127.0.0.1"), (["127.0.0.1"], "203.0.113.7")] {
            try await withServer(trustedProxies: TrustedProxies(trusted.contains)) { server in
                let answer = try await onThread { [address = server.addresses[0]] in
                    try RawClient(address).request("GET", "/address", headers: asked)
                }
                #expect(answer.text == expected)
            }
        }
    }

    @Test func `a trusted proxy may have any number of connections`() async throws {
        var limits = ServerLimits()
        limits.connectionsPerAddress = 2
        try await withServer(limits: limits, trustedProxies: TrustedProxies { $0 == "127.0.0.1" }) { server in
            try await onThread { [address = server.addresses[0]] in
                let clients = try (0..<10).map { _ in try RawClient(address) }
                for client in clients { #expect(try client.request("GET", "/").status == 200) }
            }
        }
    }
}
