internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var changeSession: Operation {
        Operation(
            method: .patch, path: "/events/{event}/sessions/{session}", name: "changeSession",
            summary: "Changes how many places a session has, and gives new ones to those who wait",
            access: .role(.organiser),
            body: Schema.object([
                "capacity": .capacity
            ]).with([
                "force": Schema.boolean.about(
                    "Whether it may be less than have booked: then nobody new gets a place until fewer have.")
            ]),
            answers: [
                .init(
                    status: .ok, about: "Changed.",
                    schema: Schema.object([
                        "session": .text, "capacity": .count, "booked": .count, "waiting": .count,
                    ]))
            ],
            problems: [.belowBooked, .notBookable]
        ) { call in
            let outcome = try await frontOfHouse.changeCapacity(
                event: call.parameters["event"], session: call.parameters["session"],
                to: Int(call.body.integer("capacity") ?? 0), isForced: call.body.boolean("force") ?? false)
            switch outcome {
            case .changed(let offer): return .json(offer.json.bytes)
            case .belowBooked(let booked):
                throw Problem.below(booked, "\(booked) people have booked the session.")
            case .notBookable:
                throw Problem(.notBookable, "The session is open to everyone registered and has no places.")
            case .outOfRange: throw Problem.invalid("capacity", "Must be a number that a session may have.")
            case .unknownSession: throw Problem(.notFound, "There is no such session in this event.")
            }
        }
    }
}

extension Schema {
    /// How many places a session or an event may be given.
    static let capacity = Schema(
        .integer(
            Int64(FrontOfHouse.capacityRange.lowerBound)...Int64(FrontOfHouse.capacityRange.upperBound)))
}

extension Problem {
    /// More have a place than there shall be; `sentence` says how many and where.
    static func below(_ booked: Int, _ sentence: String) -> Problem {
        var problem = Problem(
            .belowBooked,
            "\(sentence) Set the capacity to \(booked) or more, or send \"force\": true so that nobody new gets a"
                + " place until fewer have one.")
        problem.booked = booked
        return problem
    }
}

extension Programme.Offer {
    fileprivate var json: JSON {
        [
            "session": .text(session.slug), "capacity": JSON(places.capacity),
            "booked": JSON(places.confirmed), "waiting": JSON(places.waiting),
        ]
    }
}
