import Operations
import Registration

extension LocalTime {
    /// `Wednesday 4 December 2024`, or from which day to which.
    func days(of event: Event) -> String {
        let (first, last) = (day(event.starts), day(event.ends))
        return first == last ? first : "\(first) to \(last)"
    }

    /// `Wednesday 4 December 2024, 09:00 to 17:00`, or from which moment to which.
    func hours(of event: Event) -> HTML {
        let first = day(event.starts)
        guard first != day(event.ends) else {
            return "\(first), <span class=\"together\">\(clock(event.starts)) to \(clock(event.ends))</span>"
        }
        return "\(dayAndClock(event.starts)) to \(dayAndClock(event.ends))"
    }

    /// When the doors open, with the day unless that is the event's own; `open now` while they are.
    func doors(of event: Event, now: Timestamp) -> String {
        if event.doorsOpen..<event.doorsClose ~= now { return "open now" }
        let isOnTheDay = days(of: event) == day(event.doorsOpen)
        return isOnTheDay ? clock(event.doorsOpen) : dayAndClock(event.doorsOpen)
    }
}
