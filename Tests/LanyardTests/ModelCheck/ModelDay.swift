import FoundationEssentials

/// The event of the model check: small workshops that overlap in chains, and fewer places than people who want one.
enum ModelDay {
    static let sessions: [ReferenceModel.Session] = [
        .init(slug: "a", starts: 600, ends: 660), .init(slug: "b", starts: 600, ends: 660),
        // At the time of two blocks.
        .init(slug: "c", starts: 630, ends: 690),
        .init(slug: "d", starts: 660, ends: 720), .init(slug: "e", starts: 675, ends: 735),
        .init(slug: "f", starts: 780, ends: 840),
        // Whoever swaps for it may give up two.
        .init(slug: "g", starts: 780, ends: 900),
        .init(slug: "h", starts: 840, ends: 900),
    ]

    /// - Parameter isHeld: whether the time for promotions is over.
    static func file(capacity: Int, capacities: [Int], isHeld: Bool) -> String {
        let (yesterday, tomorrow) = (SampleDay.day(after: -1), SampleDay.day(after: 1))
        func time(_ minutes: Int) -> String {
            "\(tomorrow)T\(minutes / 60):\(minutes % 60 / 10)\(minutes % 10):00"
        }
        let event = """
            slug = "day"
            title = "The Day"
            venue = "Hall"
            time_zone = "UTC"
            starts = \(tomorrow)T00:00:00
            ends = \(tomorrow)T18:00:00
            capacity = \(capacity)
            contact = "desk@example.org"
            summary = "A day that more want than can have it."
            registration_opens = \(yesterday)T00:00:00
            lists_close = \(isHeld ? yesterday : tomorrow)T00:00:00

            """
        return zip(sessions, capacities).reduce(event) { file, pair in
            file + """

                [[session]]
                slug = "\(pair.0.slug)"
                kind = "workshop"
                title = "Workshop \(pair.0.slug)"
                room = "Room \(pair.0.slug)"
                starts = \(time(pair.0.starts))
                ends = \(time(pair.0.ends))
                capacity = \(pair.1)

                """
        }
    }
}
