import Operations
import Registration

extension Verb {
    static let verify = Verb(
        "verify", "Checks the rules over the whole database; each breach is a line.", options: databaseOptions
    ) { options in
        let breaches = try await options.withFrontOfHouse { try await $0.verify() }
        for breach in breaches {
            Console.tell(breach.rule == 0 ? "file: \(breach.text)" : "rule \(breach.rule): \(breach.text)")
        }
        guard breaches.isEmpty else {
            let count = breaches.count == 1 ? "1 breach" : "\(breaches.count) breaches"
            throw Failure("\(count). Keep a copy of the file before anything else is done to it.")
        }
        Console.complain("All rules hold.")
    }
}
