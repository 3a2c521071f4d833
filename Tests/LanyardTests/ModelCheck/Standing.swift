/// What somebody has and waits for, as the API answers it and as the reference model derives it.
struct Standing: Decodable, Hashable, Sendable {
    struct Booking: Decodable, Hashable, Sendable {
        var session: String
        var status: String
        var position: Int?
    }

    var reference: String
    var status: String
    var position: Int?
    var bookings: [Booking]

    /// The same however the sessions are put in order.
    var sorted: Standing {
        var standing = self
        standing.bookings.sort { $0.session < $1.session }
        return standing
    }

    /// Which others change.
    var withoutPositions: Standing {
        var standing = self
        standing.position = nil
        for index in bookings.indices { standing.bookings[index].position = nil }
        return standing
    }

    var confirmed: [String] { bookings.filter { $0.status == "confirmed" }.map(\.session) }

    /// Whoever waits for the event itself waits for nothing else before: nil.
    var waits: [String?] {
        status == "waiting" ? [nil] : bookings.filter { $0.status == "waiting" }.map(\.session)
    }

    /// Short enough to read many of them.
    var text: String {
        let places = bookings.map { $0.session + ($0.position.map { "?\($0)" } ?? "") }
        return "\(reference) \(status)\(position.map { " \($0)" } ?? ""): \(places.joined(separator: " "))"
    }
}
