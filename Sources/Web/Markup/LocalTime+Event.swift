import Operations
import Registration

extension LocalTime {
    /// `Wednesday 4 December 2024, 09:00 to 17:00`, or from which moment to which.
    func hours(of event: Event) -> HTML {
        let first = day(event.starts)
        guard first != day(event.ends) else {
            return "\(first), <span class=\"together\">\(clock(event.starts)) to \(clock(event.ends))</span>"
        }
        return "\(dayAndClock(event.starts)) to \(dayAndClock(event.ends))"
    }

    /// When the doors open, with the day unless that is the event's own, or that they are; nil once they have closed.
    func doors(of event: Event, now: Timestamp) -> HTML? {
        guard now < event.doorsClose else { return nil }
        if now >= event.doorsOpen { return "<div><dt>Doors</dt><dd>Open now</dd></div>" }
        let isOnTheDay = days(of: event) == day(event.doorsOpen)
        let moment = isOnTheDay ? clock(event.doorsOpen) : dayAndClock(event.doorsOpen)
        return "<div><dt>Doors open</dt><dd>\(moment)</dd></div>"
    }
}
