import TestPeers
import Testing

@testable import HTTPServer

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConnectionsTests {
    let connections = Connections(limit: 100, perAddressLimit: 2)

    func isAdmitted(_ descriptor: Int32, _ address: String, isCounted: Bool = true) -> Bool {
        let connection = Connection(
            descriptor: descriptor, address: address, isCounted: isCounted,
            deadline: Moment.now.adding(seconds: 60))
        if case .admitted = connections.admit(connection) { return true }
        return false
    }

    @Test func `the addresses of one IPv6 network share a limit, its neighbour has its own`() {
        #expect(isAdmitted(1, "2001:db8:0:1::1"))
        #expect(isAdmitted(2, "2001:db8:0:1:ffff::2"))
        #expect(!isAdmitted(3, "2001:db8:0:1::3"))
        #expect(isAdmitted(4, "2001:db8:0:2::1"))
        #expect(isAdmitted(5, "2001:db8:0:1::3", isCounted: false))
        connections.remove(5)
        #expect(!isAdmitted(6, "2001:db8:0:1::3"))
        connections.remove(1)
        #expect(isAdmitted(7, "2001:db8:0:1::3"))
    }
}
