/// The rows of registrations, written as the daemon writes them: the same statements with their savepoints.
struct BareRows {
    static let time: Int64 = 1_700_000_000_000

    private let database: BareDatabase

    /// Writes for so many seconds and prints how many registrations that were, the seconds, and those that
    /// the processor worked.
    static func run(path: String, seconds: Double, batch: Int) throws {
        let rows = BareRows(database: try BareDatabase(path: path, statements: Statement.all))
        let (event, sessions) = try rows.database.readEvent()
        let processor = ownProcessorSeconds()
        let driven = try rows.database.write(seconds: seconds, batch: batch) { count in
            try rows.register(
                count, event: event, sessions: [sessions[count % 2], sessions[2 + count / 2 % 2]])
        }
        print(driven.answered, driven.seconds, ownProcessorSeconds() - processor)
    }

    private func register(_ number: Int, event: Int64, sessions: [Int64]) throws {
        let text = String(100_000_000 + number)
        let address = "b\(text)@example.org"
        try step(.savepoint)
        try step(.revision, event)
        try step(.eventPlaces, event)
        for session in sessions { try step(.sessionPlaces, session) }
        try step(.address, event, address)
        try step(
            .attendee, event, Int64.random(in: 0..<1 << 45), Int64.random(in: 0..<1 << 45), BareRows.time,
            address, address, "Ada Lovelace \(text)", "Analytical Engines", "Engineer")
        let attendee = database.newestRow
        for session in sessions {
            try step(.booking, attendee, session)
            try step(.sessionCount, session)
        }
        try step(.eventCount, event)
        let activity = try step(.activityNumber, event)
        try step(
            .activity, event, activity, BareRows.time, "registered",
            #"{"reference":"K7QX2M4P","sessions":["active-medicine","long-term"]}"#)
        try step(.release)
    }

    @discardableResult
    private func step(_ statement: Statement, _ values: any Bindable...) throws -> Int64 {
        try database.step(statement.rawValue, values)
    }
}

extension BareDatabase {
    /// The event and its first workshops, two in each of two blocks.
    func readEvent() throws -> (event: Int64, sessions: [Int64]) {
        let events = try numbers("SELECT id FROM event")
        let sessions = try numbers("SELECT id FROM session WHERE kind = 'workshop' ORDER BY starts LIMIT 4")
        guard let event = events.first, sessions.count == 4 else {
            throw Failure("there is no event with four workshops")
        }
        return (event, sessions)
    }
}
