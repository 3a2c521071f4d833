import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct WaitingListTableTests {
    /// Else each of the ten thousand before somebody costs a look at a row, in the transaction of whoever waits.
    @Test(arguments: [ListPosition.inSession, ListPosition.inEvent].map(\.description))
    func `a place in a list is counted off an index alone`(sql: String) async throws {
        let store = try await TestStore(isFilled: true)
        let plan = try await Program.run("sqlite3", arguments: [store.path, "EXPLAIN QUERY PLAN " + sql])
        #expect(plan.contains("USING COVERING INDEX"), "\(plan)")
    }
}
