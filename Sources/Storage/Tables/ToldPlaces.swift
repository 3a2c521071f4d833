public import Registration

/// The places that somebody was told they have, as they were at that moment.
public struct ToldPlaces: Hashable, Sendable {
    /// The place in the event's own waiting list, 1 for the first; nil for somebody with a place in the event.
    public var eventPosition: Int?
    /// Each session with the place in its waiting list; nil for a place in the session.
    public var sessions: [Session]

    public struct Session: Hashable, Sendable {
        public var id: SessionID
        public var position: Int?

        public init(id: SessionID, position: Int?) {
            self.id = id
            self.position = position
        }
    }

    public init(eventPosition: Int?, sessions: [Session]) {
        self.eventPosition = eventPosition
        self.sessions = sessions
    }
}

extension ToldPlaces {
    /// As a column has it: the numbers of the sessions with commas between, each with a colon and the place in
    /// its list if there is one, and in front a colon and the place in the event's list.
    var column: String {
        let event = eventPosition.map { [":\($0)"] } ?? []
        let sessions = sessions.map { session in
            session.position.map { "\(session.id):\($0)" } ?? "\(session.id)"
        }
        return (event + sessions).joined(separator: ",")
    }

    init(column: String) {
        self.init(eventPosition: nil, sessions: [])
        for entry in column.split(separator: ",") {
            let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
            let position = parts.count > 1 ? Int(parts[1]) : nil
            if let id = Int64(parts[0]) {
                sessions.append(Session(id: SessionID(rawValue: id), position: position))
            } else {
                eventPosition = position
            }
        }
    }
}
