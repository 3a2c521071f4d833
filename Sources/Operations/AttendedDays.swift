internal import Registration

/// A scan that shows that somebody was there.
struct AttendedMoment {
    /// Nil at the entrance. A room's door opens before its session and is the session's evidence.
    var sessionStarts: Timestamp?
    var at: Timestamp
}

extension LocalTime {
    /// A moment in each of the days that the scans show, in their order.
    ///
    /// The entrance admits once, so that further days are known from what is scanned again there, and from rooms.
    /// Whoever only fetched a badge while the doors were open on the evening before is taken to have come to the
    /// first day; where other scans tell of days, those alone count.
    func attendedDays(_ scans: [AttendedMoment]) -> [Timestamp] {
        let moments = scans.compactMap { scan -> Timestamp? in
            if let session = scan.sessionStarts { return session }
            let isEarlier = scan.at < event.starts && day(scan.at) != day(event.starts)
            return isEarlier ? nil : min(scan.at, event.ends.adding(milliseconds: -1))
        }
        var days: [Timestamp] = []
        for moment in moments.sorted() where days.last.map(day) != day(moment) { days.append(moment) }
        return days.isEmpty && !scans.isEmpty ? [event.starts] : days
    }
}
