internal import Registration
import Synchronization

/// The letters that are being handed over, of which all but one are slow.
final class SlowLetters: Sendable {
    private struct State {
        var underWay: [LetterID: Task<Void, Never>] = [:]
        var isOver = false
    }

    private let state = Mutex(State())

    var letters: Set<LetterID> { state.withLock { Set($0.underWay.keys) } }

    /// Has a letter handed over; the body calls ``end(_:)`` as the last thing, when what became of it is noted.
    func begin(_ letter: LetterID, _ body: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            guard !state.isOver else { return }
            // It waits for this lock at its end, so it is entered before.
            state.underWay[letter] = Task { await body() }
        }
    }

    func end(_ letter: LetterID) {
        state.withLock { _ = $0.underWay.removeValue(forKey: letter) }
    }

    /// Cancels all, and returns when they have ended.
    func end() async {
        let tasks = state.withLock { state in
            state.isOver = true
            return Array(state.underWay.values)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
