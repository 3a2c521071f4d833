/// What a test waited for did not come in time.
public struct Overdue: Error, CustomStringConvertible {
    public var what: String
    public var seconds: Double

    public var description: String { "Not within \(seconds) s: \(what)" }
}

/// Asks again and again until there is an answer, and returns it; past the deadline throws ``Overdue``.
@discardableResult
public func eventually<Answer>(
    _ what: @autoclosure () -> String, withinSeconds seconds: Double = 10,
    isolation: isolated (any Actor)? = #isolation, _ answer: () async throws -> Answer?
) async throws -> Answer {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(seconds)
    while true {
        if let answer = try await answer() { return answer }
        guard clock.now < deadline else { throw Overdue(what: what(), seconds: seconds) }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// The same for a condition.
public func eventually(
    _ what: @autoclosure () -> String, withinSeconds seconds: Double = 10,
    isolation: isolated (any Actor)? = #isolation, isTrue condition: () async throws -> Bool
) async throws {
    try await eventually(what(), withinSeconds: seconds) { try await condition() ? true : nil }
}
