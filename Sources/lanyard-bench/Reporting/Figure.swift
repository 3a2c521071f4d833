/// What is measured: its line in the table, and what it should reach.
struct Figure: Sendable {
    enum Aim {
        case atLeast(Double)
        case atMost(Double)
    }

    /// Names it in `--json`.
    let key: String
    let label: String
    let unit: String
    /// Behind the decimal point.
    var digits = 0
    var aim: Aim?

    func isMet(by value: Double) -> Bool? {
        switch aim {
        case .atLeast(let least): value >= least
        case .atMost(let most): value <= most
        case nil: nil
        }
    }
}

extension Figure {
    static let registrations = Figure(
        key: "registrations", label: "registrations, 64 connections, two workshops each", unit: "/s",
        aim: .atLeast(12_000))
    static let registrationCommits = Figure(
        key: "registrations_a_commit", label: "  registrations a commit", unit: "", digits: 1)
    static let letters = Figure(
        key: "registrations_with_letters", label: "  with a letter each, written to a folder meanwhile",
        unit: "/s")
    static let bareRows = Figure(
        key: "bare_rows", label: "  floor: the same rows by bare SQLite", unit: "/s")
    static let registrationsOfRows = Figure(
        key: "registrations_of_bare_rows", label: "  registrations of the bare rows", unit: "×", digits: 2,
        aim: .atLeast(0.6))
    static let nullServer = Figure(
        key: "null_server", label: "  floor: the same requests, answered with nothing", unit: "/s")
    static let registrationsOfNull = Figure(
        key: "registrations_of_null", label: "  registrations of those answered with nothing", unit: "×",
        digits: 2)
    static let changes = Figure(
        key: "changes", label: "changes from one workshop to another, 64 connections", unit: "/s")
    static let changeCommits = Figure(
        key: "changes_a_commit", label: "  changes a commit", unit: "", digits: 1)
    static let bareChanges = Figure(
        key: "bare_changes", label: "  floor: the same rows by bare SQLite", unit: "/s")
    static let changesOfRows = Figure(
        key: "changes_of_bare_rows", label: "  changes of the bare rows", unit: "×", digits: 2)
    static let promotions = Figure(
        key: "promotions", label: "promotions while 10,000 wait, 64 connections", unit: "/s")
    static let promotionCommits = Figure(
        key: "promotions_a_commit", label: "  promotions a commit", unit: "", digits: 1)
    static let form = Figure(
        key: "form", label: "the registration form's page, 64 connections", unit: "/s")
    static let formTail = Figure(
        key: "form_p99", label: "  p99 while so many are sent", unit: "ms", digits: 2)
    static let scans = Figure(
        key: "scans", label: "scans, 64 doors, pipelined, first admissions", unit: "/s",
        aim: .atLeast(30_000))
    static let scanCommits = Figure(
        key: "scans_a_commit", label: "  scans a commit", unit: "", digits: 1)
    static let scanMedian = Figure(
        key: "scan_p50", label: "scan latency at 500 a second, p50", unit: "ms", digits: 2)
    static let scanTail = Figure(
        key: "scan_p99", label: "scan latency at 500 a second, p99", unit: "ms", digits: 2, aim: .atMost(2))
    static let liveMedian = Figure(
        key: "live_p50", label: "scan to its live event, p50", unit: "ms", digits: 2)
    static let liveTail = Figure(
        key: "live_p99", label: "scan to its live event, p99", unit: "ms", digits: 2, aim: .atMost(20))
    static let badge = Figure(
        key: "badge", label: "one badge (A6 with QR, PDF from its owner's page), p50", unit: "ms", digits: 2,
        aim: .atMost(2))
    static let badges = Figure(key: "badges", label: "badges, 4 connections", unit: "/s")
    static let ready = Figure(
        key: "ready", label: "start-up until ready", unit: "ms", aim: .atMost(150))
    static let idle = Figure(
        key: "idle_memory", label: "memory when idle", unit: "MB", digits: 1, aim: .atMost(50))
    static let idleAnonymous = Figure(
        key: "idle_anonymous", label: "  of it anonymous", unit: "MB", digits: 1)
    static let full = Figure(key: "full_memory", label: "memory after the fill", unit: "MB", digits: 1)
    static let fullAnonymous = Figure(
        key: "full_anonymous", label: "  of it anonymous", unit: "MB", digits: 1)
    static let laterRegistrations = Figure(
        key: "registrations_full", label: "registrations after the fill", unit: "/s")
    static let laterRegistrationCommits = Figure(
        key: "later_registrations_a_commit", label: "  registrations a commit", unit: "", digits: 1)
    static let registrationGrowth = Figure(
        key: "registration_growth", label: "  slower than before the fill", unit: "×",
        digits: 2, aim: .atMost(1.3))
    static let laterScans = Figure(key: "scans_full", label: "scans after the fill", unit: "/s")
    static let laterScanCommits = Figure(
        key: "later_scans_a_commit", label: "  scans a commit", unit: "", digits: 1)
    static let scanGrowth = Figure(
        key: "scan_growth", label: "  slower than before the fill", unit: "×", digits: 2,
        aim: .atMost(1.3))
}
