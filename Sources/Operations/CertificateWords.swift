internal import Registration

extension Certificate {
    /// The days on which the person was there, as people read them: `Wednesday 4 December 2024`.
    public var dates: String {
        days.map(LocalTime(event).day).listed
    }

    /// The attended sessions, each with its hours, and its day in an event of several: `11:15 to 12:30 Active
    /// Medicine training`.
    public var sessionLines: [String] {
        let time = LocalTime(event)
        return sessions.map { "\(time.span($0.starts, $0.ends)) \($0.title)" }
    }
}
