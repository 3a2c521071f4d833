/// Where a print job is on its way to paper; the raw values are those of the API and the tables.
public enum PrintState: String, CaseIterable, Hashable, Sendable {
    /// Not given to a printer yet, or to be tried again.
    case queued
    /// With the printer's queue.
    case sent
    /// The printer says that it came out.
    case printed
    /// With the queue or still with us, and can't go on until somebody does something.
    case held
    /// Given up.
    case failed
    case cancelled

    /// Whether nothing will happen to the job any more.
    public var isFinal: Bool {
        switch self {
        case .queued, .sent, .held: false
        case .printed, .failed, .cancelled: true
        }
    }
}
