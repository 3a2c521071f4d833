/// One entry of an event's record, as the API tells it.
struct Activity: Decodable, Sendable {
    var number: Int
    var at: String
    var kind: String
    var detail: Detail

    struct Detail: Decodable, Sendable {
        var reference: String?
        var status: String?
        var session: String?
        var sessions: [String] = []
        var waiting: [String] = []
        var gained: [String] = []
        var released: [String] = []
        var fields: [String] = []
        var swap: Bool?
        /// Of the session that is named, or of the event.
        var capacity: Int?
        /// Of each session that has one, after an import.
        var capacities: [String: Int] = [:]
        var listsClose: String?
        /// Whether staff gave the place, while lists were held.
        var byHand = false
    }
}

extension Activity.Detail {
    private enum Member: String, CodingKey {
        case reference, status, session, sessions, waiting, gained, released, fields, swap, capacity,
            capacities
        case listsClose = "lists_close"
        case byHand = "by_hand"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        func words(_ member: Member) throws -> [String] {
            try members.decodeIfPresent([String].self, forKey: member) ?? []
        }
        reference = try members.decodeIfPresent(String.self, forKey: .reference)
        status = try members.decodeIfPresent(String.self, forKey: .status)
        session = try members.decodeIfPresent(String.self, forKey: .session)
        // After an import it is how many there are.
        sessions = (try? words(.sessions)) ?? []
        waiting = try words(.waiting)
        gained = try words(.gained)
        released = try words(.released)
        fields = try words(.fields)
        swap = try members.decodeIfPresent(Bool.self, forKey: .swap)
        capacity = try members.decodeIfPresent(Int.self, forKey: .capacity)
        capacities = try members.decodeIfPresent([String: Int].self, forKey: .capacities) ?? [:]
        listsClose = try members.decodeIfPresent(String.self, forKey: .listsClose)
        byHand = try members.decodeIfPresent(Bool.self, forKey: .byHand) ?? false
    }
}
