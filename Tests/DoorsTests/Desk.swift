import Registration
import Synchronization

@testable import Doors
@testable import Operations

/// Answers scans with what was scanned; either at once, or when the test lets it.
final class Desk: Sendable {
    private struct State {
        var isHolding: Bool
        var held: [@Sendable () -> Void] = []
        var scans: [ScanRequest] = []
    }

    private let state: Mutex<State>

    init(isHolding: Bool = false) {
        state = Mutex(State(isHolding: isHolding))
    }

    var scans: [ScanRequest] { state.withLock { $0.scans } }

    func checkIn(_ scan: ScanRequest, _ done: @escaping @Sendable (Result<ScanAnswer, any Error>) -> Void) {
        let answer = { @Sendable in
            done(
                .success(
                    ScanAnswer(
                        verdict: .admit, reference: Reference(number: 0), name: scan.text, text: "", scan: 1))
            )
        }
        let isHeld = state.withLock {
            $0.scans.append(scan)
            if $0.isHolding { $0.held.append(answer) }
            return $0.isHolding
        }
        if !isHeld { answer() }
    }

    /// Gives the first so many of the answers that are held.
    func release(_ count: Int) {
        let held = state.withLock {
            let held = Array($0.held.prefix(count))
            $0.held.removeFirst(held.count)
            return held
        }
        for answer in held { answer() }
    }

    /// Gives the answers that are held, in an order of the test's choice, and those to come at once.
    func release(_ order: ([@Sendable () -> Void]) -> [@Sendable () -> Void] = { $0 }) {
        let held = state.withLock {
            $0.isHolding = false
            return exchange(&$0.held, with: [])
        }
        for answer in order(held) { answer() }
    }
}

/// One door on a free port of this machine.
func openDoor(
    _ desk: Desk, at address: DoorAddress = .tcp(host: "127.0.0.1", port: 0), connections: Int = 256,
    endAfterMilliseconds: Int = 2_000, stallMilliseconds: Int = 30_000,
    allows: @escaping @Sendable (String) -> Bool = { _ in true }
) throws -> OpenDoors {
    try OpenDoors(
        [
            Door(
                name: "north", event: "conference", point: "entrance", address: address, allows: allows,
                connections: connections, endAfterMilliseconds: endAfterMilliseconds)
        ], stallMilliseconds: stallMilliseconds
    ) { desk.checkIn($0, $1) }
}

/// Waits for at most ten seconds for something to become true.
func comesTrue(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition() {
        if ContinuousClock.now > deadline { return false }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return true
}

/// The line that the desk admits a text with.
func admitted(_ text: String) -> String { "ADMIT 00000000 \(text)" }
