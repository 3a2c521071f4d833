public import Registration
internal import TimeZones

/// Writes moments as people at an event read them: in its time zone, in British English.
public struct LocalTime: Sendable {
    private let zone: TimeZone
    let event: Event

    /// A zone that can't be read, in which no daemon serves an event, is read as UTC.
    public init(_ event: Event) {
        zone = TimeZone(event.timeZone) ?? .utc
        self.event = event
    }

    /// Whether the event's zone can be read at all.
    static func isKnown(_ zone: String) -> Bool { TimeZone(zone) != nil }

    /// `09:12`
    public func clock(_ moment: Timestamp) -> String {
        let civil = CivilTime(moment, offsetSeconds: offset(at: moment))
        return civil.hour.twoDigits + ":" + civil.minute.twoDigits
    }

    /// `Wednesday 4 December 2024`
    public func day(_ moment: Timestamp) -> String {
        let civil = CivilTime(moment, offsetSeconds: offset(at: moment))
        return "\(weekdays[civil.weekday]) \(civil.day) \(months[civil.month - 1]) \(civil.year)"
    }

    /// `Wednesday 4 December 2024`, `Wednesday 4 and Thursday 5 December 2024`, or from which day to which. A day that
    /// the event ends with the first moment of is none of its days.
    public func days(of event: Event) -> String {
        let (starts, ends) = (event.starts, event.ends.adding(milliseconds: -1))
        var first = day(starts).split(separator: " ")
        let last = day(ends).split(separator: " ")
        guard first != last else { return day(starts) }
        // What both say of month and year stands once.
        if first[3] == last[3] { first.removeLast(first[2] == last[2] ? 2 : 1) }
        let isNext = day(dayBefore(ends, hour: 12)) == day(starts)
        return "\(first.joined(separator: " ")) \(isNext ? "and" : "to") \(last.joined(separator: " "))"
    }

    /// `09:12 on Wednesday 4 December 2024`
    public func dayAndClock(_ moment: Timestamp) -> String {
        "\(clock(moment)) on \(day(moment))"
    }

    /// `09:12`, or `Wednesday 4 December, 09:12` in an event of several days.
    public func when(_ moment: Timestamp) -> String {
        day(event.starts) != day(event.ends) ? "\(dayOfYear(moment)), \(clock(moment))" : clock(moment)
    }

    /// `09:12 to 10:00`, or `Wednesday 4 December, 09:12 to 10:00` in an event of several days.
    public func span(_ starts: Timestamp, _ ends: Timestamp) -> String {
        "\(when(starts)) to \(day(starts) == day(ends) ? clock(ends) : when(ends))"
    }

    /// `Wednesday 4 December`
    private func dayOfYear(_ moment: Timestamp) -> String {
        day(moment).split(separator: " ").dropLast().joined(separator: " ")
    }

    /// `2024-12-04T09:12:00+00:00` (RFC 3339), as machines read it.
    public func machine(_ moment: Timestamp) -> String {
        let offset = offset(at: moment)
        let civil = CivilTime(moment, offsetSeconds: offset)
        let date = "\(civil.year)-\(civil.month.twoDigits)-\(civil.day.twoDigits)"
        let time = "\(civil.hour.twoDigits):\(civil.minute.twoDigits):\(civil.second.twoDigits)"
        let minutes = abs(offset) / 60
        return
            "\(date)T\(time)\(offset < 0 ? "-" : "+")\((minutes / 60).twoDigits):\((minutes % 60).twoDigits)"
    }

    /// That hour, on the clock on the wall, of the day before the moment's.
    public func dayBefore(_ moment: Timestamp, hour: Int64) -> Timestamp {
        let local = moment.rawValue + Int64(offset(at: moment)) * 1_000
        let midnight = local - (local % dayMilliseconds + dayMilliseconds) % dayMilliseconds
        let wanted = midnight - dayMilliseconds + hour * 3_600_000
        // The offset of about that time, then the one of that time: clocks may change in the night between.
        let near = Timestamp(rawValue: wanted - Int64(offset(at: Timestamp(rawValue: wanted))) * 1_000)
        return Timestamp(rawValue: wanted - Int64(offset(at: near)) * 1_000)
    }

    private func offset(at moment: Timestamp) -> Int {
        zone.offset(at: moment.rawValue)
    }
}

private let dayMilliseconds: Int64 = 86_400_000
private let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
private let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
]

/// A moment on the calendar and the clock on the wall.
private struct CivilTime {
    let year, month, day, hour, minute, second: Int
    /// 0 for Sunday.
    let weekday: Int

    init(_ moment: Timestamp, offsetSeconds: Int) {
        // Rounded down before 1970 too.
        let seconds = Int(moment.rawValue).flooredQuotient(by: 1_000) + offsetSeconds
        let days = seconds.flooredQuotient(by: 86_400)
        let rest = seconds - days * 86_400
        (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        // Days are counted from 1 March of the year 0, so that the leap day is a year's last (Richards' method,
        // Explanatory Supplement to the Astronomical Almanac, section 15.11).
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int {
    fileprivate func flooredQuotient(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    fileprivate var twoDigits: String { self < 10 ? "0\(self)" : "\(self)" }
}
