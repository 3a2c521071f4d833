/// How much a line matters; the raw values are those of the configuration.
public enum Level: String, CaseIterable, Comparable, Sendable {
    /// What happened inside, for whoever looks for a fault.
    case debug
    /// What was done.
    case info
    /// What an operator wants to have seen: started, stopped, reloaded.
    case notice
    /// Something is wrong that goes on by itself or can wait: a printer out of paper.
    case warning
    /// Something was not done and won't be until somebody acts.
    case error

    /// The syslog priority, as sd-daemon(3) has it.
    var priority: Int {
        switch self {
        case .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        }
    }

    public static func < (left: Level, right: Level) -> Bool {
        left.priority > right.priority
    }
}
