/// A value of a TOML file, and where it stands.
struct TOMLNode: Sendable {
    indirect enum Value: Sendable {
        case table([TOMLEntry])
        case array([TOMLNode])
        case string(String)
        case integer(Int64)
        case float(Double)
        case boolean(Bool)
        case localDate(CalendarDay)
        case localTime
        case localDateTime(WallClockTime)
        /// With the minutes that it is ahead of UTC.
        case offsetDateTime(WallClockTime, offsetMinutes: Int)
    }

    var value: Value
    var position: Position

    /// What it is, in words that end a sentence.
    var kind: String {
        switch value {
        case .table: "a table"
        case .array: "a list"
        case .string: "text"
        case .integer: "a whole number"
        case .float: "a number with a fraction"
        case .boolean: "true or false"
        case .localDate: "a date without a time"
        case .localTime: "a time without a date"
        case .localDateTime, .offsetDateTime: "a date with a time"
        }
    }
}

/// A key of a table and what it is set to.
struct TOMLEntry: Sendable {
    var key: String
    var position: Position
    var node: TOMLNode
}
