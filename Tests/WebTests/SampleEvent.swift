import Registration

/// The conference that pages are tried with; its moments count from 4 December 2024, 00:00 in London.
enum Sample {
    static let midnight = Timestamp(rawValue: 1_733_270_400_000)

    static func at(_ hour: Int64, _ minute: Int64 = 0) -> Timestamp {
        midnight.adding(seconds: hour * 3_600 + minute * 60)
    }

    static let event = Event(
        id: EventID(rawValue: 1), slug: "active-connections-2024",
        title: "Active Connections: Embedding Physical Activity into Health", venue: "Hertfordshire",
        timeZone: "Europe/London", starts: at(9, 30), ends: at(17), capacity: 150,
        contact: "hsphealth@herts.ac.uk",
        summary: "A day for over 120 health professionals, hosted by Herts Sport & Physical Activity "
            + "Partnership and Hertfordshire County Council Public Health, with the launch of the Active "
            + "Connections Hub.",
        registrationOpens: midnight.adding(seconds: -30 * 86_400), registrationCloses: at(9, 30),
        doorsOpen: at(7, 30), doorsClose: at(17))

    static func session(
        _ id: Int64, _ slug: String, _ kind: Session.Kind, _ title: String, _ speakers: [String] = [],
        room: String = "Main hall", _ starts: Timestamp, _ ends: Timestamp, capacity: Int? = nil,
        abstract: String = ""
    ) -> Programme.Offer {
        Programme.Offer(
            session: Session(
                id: SessionID(rawValue: id), slug: slug, kind: kind, title: title, speakers: speakers,
                room: room, starts: starts, ends: ends, capacity: capacity, abstract: abstract,
                materials: []),
            places: Places(capacity: capacity, confirmed: 0, waiting: 0))
    }

    static let programme = Programme([
        session(1, "arrival", .pause, "Arrival and coffee", room: "Foyer", at(9), at(9, 30)),
        session(
            2, "opening", .keynote, "Welcome and launch of the Active Connections Hub",
            ["Annie Brewster, High Sheriff of Hertfordshire", "Sarah Perman, Director of Public Health"],
            at(9, 30), at(10, 15)),
        session(
            3, "keynote-health", .keynote, "Movement as medicine",
            [
                "Dr. Hussain Al-Zubaidi, GP & Physical Activity Champion, Royal College of General Practitioners"
            ],
            at(10, 15), at(11), abstract: "What a surgery can do on a Monday morning, without a new budget."),
        session(
            4, "active-medicine", .workshop, "Active Medicine training", room: "Room 2", at(11, 15),
            at(12, 30),
            capacity: 30),
        session(
            5, "case-studies", .workshop, "Case studies showcasing best practices", room: "Room 3",
            at(11, 15),
            at(12, 30), capacity: 30, abstract: "Four surgeries, four beginnings."),
        session(
            6, "resources", .workshop, "Resources to promote active lifestyles in Hertfordshire",
            room: "Room 1", at(11, 15), at(12, 30), capacity: 30),
        session(7, "lunch", .pause, "Lunch", room: "Foyer", at(12, 30), at(13, 30)),
        session(
            8, "active-practice", .workshop, "Becoming an Active Practice", room: "Room 2", at(13, 30),
            at(14, 45), capacity: 30),
        session(
            9, "long-term", .workshop, "Supporting activity for those with long-term health conditions",
            ["In partnership with We Are Undefeatable"], room: "Room 1", at(13, 30), at(14, 45), capacity: 30),
        session(10, "close", .talk, "What we take home", room: "Main hall", at(15), at(16)),
        session(
            11, "walk", .workshop, "A walk in the park, with the High Sheriff", room: "Main gate", at(16),
            at(16, 45), capacity: 12),
    ])

    static let path = "/e/\(event.slug)"
    static let registerPath = path + "/register"
    static let before = midnight.adding(seconds: -5 * 86_400)
}
