import Operations

extension Verb {
    static let backup = Verb(
        "backup", "Copies the database into a new file, also while the daemon runs.", operands: ["FILE"],
        options: databaseOptions
    ) { options in
        let file = options.operands[0]
        switch try await options.withFrontOfHouse({ try await $0.backUp(to: file) }) {
        case .done: Console.complain("The copy is in \(file).")
        case .fileExists: throw Failure("\(file) is there already. Name a new file.")
        }
    }
}
