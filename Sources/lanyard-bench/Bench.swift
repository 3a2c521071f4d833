import Glibc

/// The program: measures so many runs and prints what their medians are.
@main
struct Bench {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        signal(SIGPIPE, SIG_IGN)
        do {
            switch arguments.first {
            case "--help", "-h": print(BenchOptions.help)
            // The floors, which this program starts itself as processes of their own.
            case "bare-rows" where arguments.count == 4:
                try BareRows.run(
                    path: arguments[1], seconds: Double(arguments[2]) ?? 1, batch: Int(arguments[3]) ?? 64)
            case "bare-changes" where arguments.count == 4:
                try BareChanges.run(
                    path: arguments[1], seconds: Double(arguments[2]) ?? 1, batch: Int(arguments[3]) ?? 64)
            case "null-server" where arguments.count == 2: try NullServer.run(port: UInt16(arguments[1]) ?? 0)
            default: try measure(try BenchOptions(arguments))
            }
        } catch let error as UsageError {
            complain("lanyard-bench: \(error). `lanyard-bench --help` tells what there is.")
            exit(2)
        } catch {
            complain("lanyard-bench: \(error)")
            exit(1)
        }
    }

    private static func measure(_ options: BenchOptions) throws {
        let interruption = Interruption()
        defer { withExtendedLifetime(interruption) {} }
        let conditions = Conditions(options)
        var report = Report()
        for number in 1...options.runs {
            complain("run \(number) of \(options.runs)")
            let run = try Run(options, report: report)
            try run.measure()
            report = run.report
        }
        guard !options.isJSON else { return print(report.json) }
        print(report.table(isJudged: conditions.areFit), conditions.text, separator: "\n\n")
    }
}

/// Everything but results goes to standard error.
func complain(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}
