extension Run {
    /// Does something and answers also how many writes a commit held meanwhile: the more, the longer was the
    /// queue.
    func countingCommits<Result>(_ body: () throws -> Result) throws -> (Result, writesEach: Double) {
        let before = try commits()
        let result = try body()
        let after = try commits()
        return (result, (after.writes - before.writes) / max(1, after.count - before.count))
    }

    private func commits() throws -> (writes: Double, count: Double) {
        try ask("/metrics") { answer in
            func value(_ name: StaticString) throws -> Double {
                guard let offset = answer.body.firstOffset(of: name),
                    let number = answer.body.number(at: offset + name.utf8CodeUnitCount)
                else { throw Failure("/metrics does not say \(name)") }
                return Double(number)
            }
            return (try value("\nlanyard_commit_writes_sum "), try value("\nlanyard_commit_writes_count "))
        }
    }
}
