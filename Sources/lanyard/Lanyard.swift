import Glibc

/// The program: finds the verb, reads its options, and turns the outcome into an exit status.
@main
struct Lanyard {
    static func main() async {
        // A client that hangs up must not end the program.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(await run(arguments).rawValue)
    }

    /// As `lanyard --version` tells it.
    static let version = "0.1.0"

    static func run(_ arguments: [String]) async -> ExitStatus {
        guard let first = arguments.first else {
            Console.complain(Help.overview)
            return .wrongUsage
        }
        if ["--help", "-h", "help"].contains(first) {
            Console.tell(Help.overview)
            return .done
        }
        if ["--version", "version"].contains(first), arguments.count == 1 {
            Console.tell("lanyard \(version)")
            return .done
        }
        if let relatives = Help.relatives(of: first),
            ["--help", "-h", nil].contains(arguments.dropFirst().first)
        {
            if arguments.count > 1 { Console.tell(relatives) } else { Console.complain(relatives) }
            return arguments.count > 1 ? .done : .wrongUsage
        }
        guard let verb = verbs.first(where: { arguments.starts(with: $0.words) }) else {
            Console.complain("lanyard: there is no verb “\(first)”. `lanyard --help` lists them.")
            return .wrongUsage
        }
        let rest = Array(arguments.dropFirst(verb.words.count))
        if rest.contains("--help") || rest.contains("-h") {
            Console.tell(Help.text(of: verb))
            return .done
        }
        do {
            try await verb.run(Options(rest, of: verb))
            return .done
        } catch let error as UsageError {
            Console.complain("lanyard \(verb.name): \(error)\n\nUsage: \(verb.usage)")
            return .wrongUsage
        } catch let error as Failure {
            Console.complain("lanyard \(verb.name): \(error)")
            return .failed
        } catch {
            Console.complain("lanyard \(verb.name): \(Failure(describing: error))")
            return .failed
        }
    }

    static let verbs: [Verb] = [
        .serve, .demo, .eventImport, .eventExport, .eventList, .staffAdd, .staffList, .staffRemove,
        .tokenCreate,
        .tokenList, .tokenRevoke, .printers, .badgeRender, .verify, .backup, .restore,
    ]
}

enum ExitStatus: Int32 {
    case done = 0
    case failed = 1
    case wrongUsage = 2
}
