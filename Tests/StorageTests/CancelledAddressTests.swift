import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CancelledAddressTests {
    /// Else each request of a stranger costs a look at every attendee, in a transaction that all others wait for.
    @Test func `whoever cancelled is found by an index`() async throws {
        let store = try await TestStore(isFilled: true)
        let sql = CancelledAttendee.byAddress.description
        let plan = try await Program.run("sqlite3", arguments: [store.path, "EXPLAIN QUERY PLAN " + sql])
        let search = "SEARCH attendee USING INDEX attendee_cancelled (event_id=? AND email_key=?)"
        #expect(plan.contains(search), "\(plan)")
    }
}
