public import Testing

/// Lets suites run one after the other, for those that measure time or work the processor hard: side by side on two
/// processors, each would make the others late. The tests of one suite still run side by side.
public struct TakingTurns: SuiteTrait, TestScoping {
    private static let turns = Turns()

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        await TakingTurns.turns.take()
        do {
            try await function()
        } catch {
            await TakingTurns.turns.give()
            throw error
        }
        await TakingTurns.turns.give()
    }
}

extension Trait where Self == TakingTurns {
    public static var takesTurns: Self { Self() }
}

/// One turn, and those who wait for it, first come first served.
private actor Turns {
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func give() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }
}
