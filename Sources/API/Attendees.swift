internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var listAttendees: Operation {
        Operation(
            method: .get, path: "/events/{event}/attendees", name: "listAttendees",
            summary: "An event's attendees, in the order in which they registered", access: .role(.reception),
            query: [
                .init(
                    name: "search",
                    schema: .text(limit: 120).about(
                        "A reference, or part of a name, an organisation or an e-mail address.")),
                .init(name: "session", schema: .text(limit: 64).about("Only those with a booking in it.")),
                .init(name: "after", schema: .count.about("From `next`.")),
                .init(name: "limit", schema: Schema(.integer(1...1_000)).about("100 where it is missing.")),
            ],
            answers: [
                .init(status: .ok, about: "A part of the list.", schema: .page(of: RegisteredAttendee.schema))
            ]
        ) { call in
            let page = try await frontOfHouse.attendees(
                event: call.parameters["event"], search: call.text("search"), session: call.text("session"),
                after: call.number("after").map(AttendeeID.init), limit: Int(call.number("limit") ?? 100))
            guard let page else { throw Problem.unknownEvent }
            let arrivals = try await frontOfHouse.arrivals(of: page.items)
            let items = page.items.map { $0.json(arrived: arrivals[$0.attendee.id]) }
            return .json(JSON.page(items, next: page.next.map { call.next("after", $0) } ?? .null).bytes)
        }
    }

    var getAttendee: Operation {
        Operation(
            method: .get, path: "/events/{event}/attendees/{reference}", name: "getAttendee",
            summary: "One attendee", access: .role(.reception),
            answers: [.init(status: .ok, about: "The attendee.", schema: RegisteredAttendee.schema)]
        ) { call in
            let found = try await frontOfHouse.attendee(
                event: call.parameters["event"], reference: try call.reference())
            guard let found else { throw Problem.unknownAttendee }
            return try await answer(found)
        }
    }

    var cancelAttendee: Operation {
        Operation(
            method: .delete, path: "/events/{event}/attendees/{reference}", name: "cancelAttendee",
            summary: "Cancels a registration and frees its places; repeated, it changes nothing",
            access: .role(.organiser),
            answers: [.init(status: .ok, about: "Cancelled.", schema: RegisteredAttendee.schema)]
        ) { call in
            let outcome = try await frontOfHouse.cancel(
                event: call.parameters["event"], reference: try call.reference())
            guard case .cancelled(let left) = outcome else { throw Problem.unknownAttendee }
            return try await answer(left)
        }
    }

    private func answer(_ found: RegisteredAttendee) async throws -> Response {
        let arrivals = try await frontOfHouse.arrivals(of: [found])
        return .json(found.json(arrived: arrivals[found.attendee.id]).bytes)
    }
}

extension RegisteredAttendee {
    static let schema = Schema.object([
        "reference": .text, "status": .words(Attendee.Status.allCases.map(\.rawValue)), "name": .text,
        "email": .text, "organisation": .text, "role": .text, "access_needs": .text, "dietary_needs": .text,
        "registered": .moment,
        "arrived": Schema.moment.nullable.about("When first admitted at the entrance."),
        "badges": .count.about("How many badges came out for the attendee."),
        "code": .text.about("What admits the attendee at a door."), "bookings": .list(BookedSession.schema),
    ]).named("Attendee")

    func json(arrived: Timestamp?) -> JSON {
        [
            "reference": .text(attendee.reference.description), "status": .text(attendee.status.rawValue),
            "name": .text(attendee.name), "email": .text(attendee.email),
            "organisation": .text(attendee.organisation), "role": .text(attendee.role),
            "access_needs": .text(attendee.accessNeeds), "dietary_needs": .text(attendee.dietaryNeeds),
            "registered": JSON(attendee.registered), "arrived": JSON(arrived),
            "badges": JSON(attendee.printed), "code": .text(attendee.code.description),
            "bookings": .list(bookings.map(\.json)),
        ]
    }
}
