import Testing

@testable import Badges

@Suite(.timeLimit(.minutes(1)))
struct PoolTests {
    private final class Tool: Sendable {}
    private struct Broken: Error {}

    @Test func `what was lent comes back, but for what failed`() throws {
        let pool = Pool<Tool>()
        func lend(_ use: (Tool) throws -> Void = { _ in }) throws -> ObjectIdentifier {
            var lent: ObjectIdentifier?
            try pool.lend(make: { Tool() }) { tool in
                lent = ObjectIdentifier(tool)
                try use(tool)
            }
            return try #require(lent)
        }
        let first = try lend()
        #expect(try lend() == first)
        var failed: Tool?
        #expect(throws: Broken.self) {
            _ = try lend { tool in
                failed = tool
                throw Broken()
            }
        }
        // Held here, so that none made since can stand where it stood.
        #expect(failed.map { ObjectIdentifier($0) } == first)
        #expect(try lend() != first)
    }
}
