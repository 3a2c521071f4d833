import Glibc

/// What the figures depend on besides the programs.
struct Conditions {
    private let options: BenchOptions
    private let loadBefore: String

    init(_ options: BenchOptions) {
        self.options = options
        loadBefore = Conditions.load
    }

    /// Whether what is measured says anything about how fast Lanyard is.
    var areFit: Bool { !isDebugBuild && !options.isSmoke }

    /// A few lines below the table.
    var text: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let build = isDebugBuild ? "a debug build, whose figures mean nothing" : "a release build"
        return """
            \(options.runs) × \(decimal(options.seconds, 1)) s, \(options.firstAttendees) attendees before and \
            \(options.attendees) after the fill; \(build), on \(cores) cores with the driver beside it.
            Threads of the whole machine that wanted to run: \(loadBefore) before, \(Conditions.load) after.
            “daemon µs” and “driver µs”: processor time for each answer.
            """
    }

    /// How many threads of the whole machine wanted to run in the last minute.
    private static var load: String {
        (try? readFile("/proc/loadavg"))?.split(separator: " ").first.map(String.init) ?? "unknown"
    }

    private var isDebugBuild: Bool {
        #if DEBUG
            true
        #else
            false
        #endif
    }
}
