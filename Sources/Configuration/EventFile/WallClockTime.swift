/// A day of the calendar.
public struct CalendarDay: Hashable, Comparable, Sendable {
    public var year: Int
    public var month: Int
    public var day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `YYYY-MM-DD`; nil for anything else and for days that no month has.
    public init?(_ text: String) {
        guard text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil else { return nil }
        let numbers = text.split(separator: "-").compactMap { Int($0) }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
        // A 31st of June comes back as the 1st of July.
        guard (1...12).contains(month), CalendarDay(number: number) == self else { return nil }
    }

    /// Days since 1 January 1970 (days_from_civil of howardhinnant.github.io/date_algorithms.html).
    var number: Int {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of ``number`` (civil_from_days, there).
    init(number: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The day after this one.
    public var following: CalendarDay { CalendarDay(number: number + 1) }

    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDay: CustomStringConvertible {
    /// `2024-12-04`
    public var description: String {
        let text = String(year)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
            + "-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

/// What a calendar and a clock on the wall show; which moment that is depends on the time zone.
public struct WallClockTime: Hashable, Comparable, Sendable {
    public var day: CalendarDay
    public var hour: Int
    public var minute: Int
    public var second: Int
    public var millisecond: Int

    public init(day: CalendarDay, hour: Int, minute: Int, second: Int = 0, millisecond: Int = 0) {
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// The milliseconds since 1970 at which a clock in UTC shows this.
    var millisecondsAsUTC: Int64 {
        Int64(((day.number * 24 + hour) * 60 + minute) * 60 + second) * 1_000 + Int64(millisecond)
    }

    init(millisecondsAsUTC milliseconds: Int64) {
        let (days, rest) = Int(milliseconds).flooredDivision(by: 86_400_000)
        self.init(
            day: CalendarDay(number: days), hour: rest / 3_600_000, minute: rest / 60_000 % 60,
            second: rest / 1_000 % 60, millisecond: rest % 1_000)
    }

    public static func < (left: WallClockTime, right: WallClockTime) -> Bool {
        left.millisecondsAsUTC < right.millisecondsAsUTC
    }
}

extension WallClockTime: CustomStringConvertible {
    /// `2024-12-04T09:15:00`, with three more digits where there are milliseconds; TOML's own form.
    public var description: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let thousandths = String(1_000 + millisecond).dropFirst()
        return "\(day)T\(padded(hour)):\(padded(minute)):\(padded(second))"
            + (millisecond == 0 ? "" : ".\(thousandths)")
    }
}

extension Int {
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
