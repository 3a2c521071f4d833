extension Bell {
    /// Makes rounds: at once, then each time the bell rings or the time has come that the last round named, in
    /// milliseconds; nil for when the bell rings. Ends when the task is cancelled or the bell silenced.
    ///
    /// A round that throws is made again: whoever asked for the work was answered long ago, so it is tried
    /// until it goes.
    ///
    /// - Parameters:
    ///   - pause: how long to wait after so many rounds in a row that threw.
    ///   - onFault: told what was thrown and after how many milliseconds it is tried again.
    public func makeRounds(
        pause: (Int) -> Int64, onFault: (any Error, Int64) -> Void, _ round: () async throws -> Int64?
    ) async {
        var faults = 0
        var iterator = rings.makeAsyncIterator()
        while !Task.isCancelled {
            let wait: Int64?
            do {
                wait = try await round()
                faults = 0
            } catch {
                guard !Task.isCancelled else { return }
                faults += 1
                let afterFault = pause(faults)
                onFault(error, afterFault)
                wait = afterFault
            }
            let alarm = wait.map { wait in
                Task {
                    try await Task.sleep(for: .milliseconds(wait))
                    ring()
                }
            }
            let rang: Void? = await iterator.next()
            alarm?.cancel()
            guard rang != nil else { return }
        }
    }
}
