import Glibc

/// How the benchmark was called.
struct BenchOptions {
    enum Item: String, CaseIterable {
        case start, memory, scans, latency, live, badges, registrations, letters, changes, form, floors,
            growth,
            promotions
    }

    var runs = 3
    var seconds = 3.0
    var attendees = 100_000
    /// With how many the first measures are made.
    var firstAttendees = 1_000
    var starts = 5
    /// How many wait while promotions are measured.
    var waiting = 10_000
    var items = Set(Item.allCases)
    var folder: String
    var lanyard: String
    let ownProgram: String
    var isSmoke = false
    var isJSON = false

    func wants(_ item: Item) -> Bool { items.contains(item) }

    static let help = """
        Measures a Lanyard daemon of its own over its real interfaces, on this machine alone.

        Usage: lanyard-bench [OPTIONS]

          --runs N          how often everything is measured; the table has the medians; 3 if not given
          --seconds S       how long each thing is driven; 3 if not given
          --attendees N     how many the event has for the second look; 100000 if not given
          --only ITEM,…     only these: \(Item.allCases.map(\.rawValue).joined(separator: ", "))
          --folder DIR      where it works, on a real disk; the build folder if not given
          --lanyard FILE    the program; the one beside this if not given
          --smoke           everything once and briefly, only to see that it works
          --json            the figures as JSON instead of a table

        Measure a release build: swift build -c release && .build/release/lanyard-bench
        """

    init(_ arguments: [String]) throws {
        ownProgram = try BenchOptions.pathOfThisProgram()
        let buildFolder = ownProgram.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        folder = buildFolder
        lanyard = buildFolder + "/lanyard"
        var rest = arguments[...]
        func value(_ option: String) throws -> String {
            guard let value = rest.popFirst() else { throw UsageError("\(option) needs a value") }
            return value
        }
        while let option = rest.popFirst() {
            switch option {
            case "--runs": runs = try Self.number(try value(option), in: 1...100, option)
            case "--seconds": seconds = try Self.number(try value(option), in: 0.1...60, option)
            case "--attendees": attendees = try Self.number(try value(option), in: 1_000...500_000, option)
            case "--only":
                items = Set(
                    try value(option).split(separator: ",").map { name in
                        guard let item = Item(rawValue: String(name)) else {
                            throw UsageError("there is no item \(name)")
                        }
                        return item
                    })
            case "--folder": folder = try value(option)
            case "--lanyard": lanyard = try value(option)
            case "--smoke":
                isSmoke = true
                (runs, seconds, attendees, firstAttendees, starts, waiting) = (1, 0.2, 600, 200, 2, 200)
            case "--json": isJSON = true
            default: throw UsageError("there is no option \(option)")
            }
        }
        // These compare with others.
        if wants(.growth) { items.formUnion([.registrations, .scans]) }
        if wants(.floors) { items.insert(.registrations) }
        guard access(lanyard, X_OK) == 0 else {
            throw Failure(
                "\(lanyard) is not there. Build it first (swift build), or name it with --lanyard FILE.")
        }
    }

    private static func number<Number: LosslessStringConvertible & Comparable>(
        _ text: String, in range: ClosedRange<Number>, _ option: String
    ) throws -> Number {
        guard let number = Number(text), range.contains(number) else {
            throw UsageError(
                "\(option) is a number from \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return number
    }

    private static func pathOfThisProgram() throws -> String {
        guard let path = realpath("/proc/self/exe", nil) else {
            throw Failure("this program's own file is not found: \(describe(errno))")
        }
        defer { free(path) }
        return String(cString: path)
    }
}

/// The command line is not as it must be.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
