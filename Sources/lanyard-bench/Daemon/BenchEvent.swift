/// The event that is measured: room for everybody, four workshops in two blocks, one more that is soon full, and a
/// check-in point for each door, so that everybody can be admitted for the first time at each of them.
enum BenchEvent {
    static let slug = "bench"
    /// As many as an event may have.
    static let capacity = 1_000_000
    static let doors = 64
    static let blocks = [["active-medicine", "case-studies"], ["long-term", "active-practice"]]

    /// The workshop that people wait for, with a place for each connection of a load.
    static let favourite = "favourite"
    static let favouritePlaces = 64

    /// Every way to take a workshop of each block.
    static var choices: [[String]] {
        blocks[0].flatMap { first in blocks[1].map { [first, $0] } }
    }

    /// The check-in points of the doors: the entrance, and talks that are open to everybody.
    static var points: [String] { ["entrance"] + (1..<doors).map { "talk-\($0)" } }

    static var file: String {
        let talks = points.dropFirst().map { session($0, "talk", from: "13", to: "14") }
        let workshops = zip(blocks, [("10", "11"), ("11", "12")]).flatMap { slugs, hours in
            slugs.map { session($0, "workshop", from: hours.0, to: hours.1) + "capacity = \(capacity)\n" }
        }
        let full = session(favourite, "workshop", from: "14", to: "15") + "capacity = \(favouritePlaces)\n"
        return """
            slug = "\(slug)"
            title = "Benchmark"
            venue = "Here"
            time_zone = "UTC"
            starts = 2099-06-01T09:00:00
            ends = 2099-06-01T16:00:00
            registration_opens = 2024-01-01T00:00:00
            doors_open = 2024-01-01T00:00:00
            capacity = \(capacity)
            contact = "bench@example.org"
            summary = "Measured, not held."

            """ + (workshops + [full] + talks).joined()
    }

    private static func session(_ slug: String, _ kind: String, from: String, to: String) -> String {
        """

        [[session]]
        slug = "\(slug)"
        kind = "\(kind)"
        title = "\(slug)"
        room = "Hall"
        starts = 2099-06-01T\(from):00:00
        ends = 2099-06-01T\(to):00:00

        """
    }
}
