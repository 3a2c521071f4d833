import Operations
import Registration

extension LocalTime {
    /// `Wednesday 4 December 2024`, or from which day to which.
    func days(of event: Event) -> String {
        let (first, last) = (day(event.starts), day(event.ends))
        return first == last ? first : "\(first) to \(last)"
    }
}
