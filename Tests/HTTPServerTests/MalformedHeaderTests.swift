import HTTP
import TestPeers
import Testing

@testable import HTTPServer

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MalformedHeaderTests {
    @Test(arguments: [
        "Content-Length : 3", "X-Probe\t: a", "X Probe: a", "X-\u{e9}: a", "X-Probe: a\u{1}b",
        "X-Probe: \u{7F}",
    ])
    func `a header that no header may be is refused, and its connection ends`(header: String) async throws {
        try await withServer { server in
            try await onThread { [address = server.addresses[0]] in
                let client = try RawClient(address)
                #expect(try client.request("POST", "/echo", headers: [header]).status == 400)
                #expect(client.isEndedAfterAll())
            }
        }
    }

    @Test func `tabs, accents and every sign of a token are taken`() async throws {
        try await withServer { server in
            let answer = try await onThread { [address = server.addresses[0]] in
                try RawClient(address).request(
                    "GET", "/e/demo", headers: ["X-Probe: a\tb \u{e9}", "!#$%&'*+-.^_`|~9zZ: x"])
            }
            #expect(answer.text == "demo - a b \u{e9}")
        }
    }
}
