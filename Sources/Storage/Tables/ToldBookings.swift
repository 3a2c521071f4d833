internal import FoundationEssentials
internal import Registration

/// The bookings that a letter tells, as they stand in its column: a JSON object of session numbers. What is
/// empty is left out, and a place in a list stands beside its session.
struct ToldBookings: Codable {
    private var confirmed: [Int64]?
    private var waiting: [[Int64]]?
    private var gained: [Int64]?
    private var released: [Int64]?
    private var joined: [Int64]?
    private var left: [Int64]?
    private var swaps: Bool?
    private var onEventList: Bool?

    init(json: String) throws {
        self = try JSONDecoder().decode(ToldBookings.self, from: Data(json.utf8))
    }

    /// Puts the text together by hand, as each registration does.
    static func json(of letter: NewLetter) -> String {
        var json = "{"
        func add(_ name: String, _ items: some Sequence<String>) {
            var separator = json.utf8.count > 1 ? ",\"\(name)\":[" : "\"\(name)\":["
            var isEmpty = true
            for item in items {
                json += separator
                json += item
                separator = ","
                isEmpty = false
            }
            if !isEmpty { json += "]" }
        }
        add("confirmed", letter.bookings.lazy.filter { $0.status == .confirmed }.map { "\($0.session)" })
        add(
            "waiting",
            letter.bookings.lazy.filter { $0.status == .waiting }.map {
                "[\($0.session),\($0.position ?? 0)]"
            })
        add("gained", letter.gained.lazy.map(\.description))
        add("released", letter.released.lazy.map(\.description))
        add("joined", letter.joined.lazy.map(\.description))
        add("left", letter.left.lazy.map(\.description))
        func add(_ name: String, isTrue: Bool) {
            json += json.utf8.count > 1 ? ",\"\(name)\":\(isTrue)" : "\"\(name)\":\(isTrue)"
        }
        if let swaps = letter.swaps { add("swaps", isTrue: swaps) }
        if letter.isEventWaiting { add("onEventList", isTrue: true) }
        return json + "}"
    }

    func fill(_ letter: inout NewLetter) {
        letter.bookings =
            (confirmed ?? []).map { LetterBooking(session: SessionID(rawValue: $0), status: .confirmed) }
            + (waiting ?? []).compactMap { entry in
                guard let session = entry.first else { return nil }
                let position = entry.dropFirst().first.flatMap { $0 > 0 ? Int($0) : nil }
                return LetterBooking(
                    session: SessionID(rawValue: session), status: .waiting, position: position)
            }
        letter.gained = (gained ?? []).map(SessionID.init(rawValue:))
        letter.released = (released ?? []).map(SessionID.init(rawValue:))
        letter.joined = (joined ?? []).map(SessionID.init(rawValue:))
        letter.left = (left ?? []).map(SessionID.init(rawValue:))
        letter.swaps = swaps
        letter.isEventWaiting = onEventList ?? false
    }
}
