internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var listAttendees: Operation {
        Operation(
            method: .get, path: "/events/{event}/attendees", name: "listAttendees",
            summary:
                "An event's attendees, in the order in which they registered, or a session's waiting list",
            access: .role(.reception),
            query: [
                .init(
                    name: "search",
                    schema: .text(limit: 120).about(
                        "A reference, or part of a name, an organisation or an e-mail address.")),
                .init(name: "session", schema: .text(limit: 64).about("Only those with a booking in it.")),
                .init(
                    name: "status",
                    schema: .words(Booking.Status.allCases.map(\.rawValue)).about(
                        "The status of the booking, where a session is named, else of the registration. Those who"
                            + " wait for a session are listed in the order of its list, without `search`.")),
                .init(name: "after", schema: .count.about("From `next`.")),
                .init(name: "limit", schema: Schema(.integer(1...1_000)).about("100 where it is missing.")),
            ],
            answers: [
                .init(status: .ok, about: "A part of the list.", schema: .page(of: RegisteredAttendee.listed))
            ]
        ) { call in
            let filter = AttendeeFilter(
                search: call.text("search"), session: call.text("session"),
                status: call.text("status").flatMap(Booking.Status.init))
            guard !filter.isWaitingList || filter.search == nil else {
                throw Problem.invalid("search", "A waiting list can't be searched: leave one of the two out.")
            }
            let page = try await list(call, filter)
            let arrivals = try await frontOfHouse.arrivals(of: page.items)
            let items = page.items.map { JSON.object($0.members(arrived: arrivals[$0.attendee.id])) }
            return .json(JSON.page(items, next: page.next.map { call.next("after", $0) } ?? .null).bytes)
        }
    }

    var getAttendee: Operation {
        Operation(
            method: .get, path: "/events/{event}/attendees/{reference}", name: "getAttendee",
            summary: "One attendee", access: .role(.reception),
            answers: [.init(status: .ok, about: "The attendee.", schema: RegisteredAttendee.shown)]
        ) { call in
            let found = try await frontOfHouse.attendee(
                event: call.parameters["event"], reference: try call.reference())
            guard let found else { throw Problem.unknownAttendee }
            return try await answer(to: call, found)
        }
    }

    var cancelAttendee: Operation {
        Operation(
            method: .delete, path: "/events/{event}/attendees/{reference}", name: "cancelAttendee",
            summary: "Cancels a registration and frees its places; repeated, it changes nothing",
            access: .role(.organiser),
            answers: [.init(status: .ok, about: "Cancelled.", schema: RegisteredAttendee.shown)]
        ) { call in
            let outcome = try await frontOfHouse.cancel(
                event: call.parameters["event"], reference: try call.reference(), byStaff: true)
            guard case .cancelled(let left) = outcome else { throw Problem.unknownAttendee }
            return try await answer(to: call, left)
        }
    }

    private func list(_ call: Call, _ filter: AttendeeFilter) async throws -> AttendeePage {
        do {
            let page = try await frontOfHouse.attendees(
                event: call.parameters["event"], filter, after: call.number("after"),
                limit: Int(call.number("limit") ?? 100))
            guard let page else { throw Problem.unknownEvent }
            return page
        } catch let unknown as UnknownSession {
            throw Problem.invalid("session", "There is no session “\(unknown.slug)” in this event.")
        }
    }

    private func answer(to call: Call, _ found: RegisteredAttendee) async throws -> Response {
        let arrivals = try await frontOfHouse.arrivals(of: [found])
        var members = found.members(arrived: arrivals[found.attendee.id])
        // People were told that only those who prepare the day read these.
        if call.readsEverything {
            members.append(.init("access_needs", .text(found.attendee.accessNeeds)))
            members.append(.init("dietary_needs", .text(found.attendee.dietaryNeeds)))
            let said = try await frontOfHouse.consents(of: found.attendee.id)
            members.append(.init("consents", .list(said.standing.map(\.json))))
            let answers = try await frontOfHouse.answers(of: found.attendee)
            members.append(.init("answers", .object(answers.compactMap(\.member))))
        }
        return .json(JSON.object(members).bytes)
    }
}

extension Call {
    /// Whether the caller may read all that an attendee told.
    var readsEverything: Bool { caller.map { $0.role >= .organiser } ?? false }
}

extension RegisteredAttendee {
    static let positionSchema = Schema.count.nullable.about(
        "The place on the event's own waiting list, 1 for the first; null where the registration is not waiting."
    )

    private static let members = Schema.object([
        "reference": .text, "status": .words(Attendee.Status.allCases.map(\.rawValue)),
        "position": positionSchema, "name": .text,
        "email": .text, "organisation": .text, "role": .text, "registered": .moment,
        "arrived": Schema.moment.nullable.about("When first admitted at the entrance."),
        "badges": .count.about("How many badges came out for the attendee."),
        "code": .text.about("What admits the attendee at a door."), "bookings": .list(BookedSession.schema),
    ])

    static let listed = members.named("ListedAttendee")

    static let organisersOnly = "Only with a token of the role organiser or admin."

    /// What only organisers read, and so change: nobody overwrites what they can't see.
    static let forOrganisers: KeyValuePairs<String, Schema> = [
        "access_needs": .text.about(organisersOnly), "dietary_needs": .text.about(organisersOnly),
        "consents": Schema.list(ConsentStatement.schema).about(
            "What the attendee agrees to at the moment. \(organisersOnly)"),
        "answers": Schema.map(.textOrBoolean).about(
            "By the questions' slugs, also to questions that are asked no more. \(organisersOnly)"),
    ]

    static let shown = members.with(forOrganisers).named("Attendee")

    func members(arrived: Timestamp?) -> [JSON.Member] {
        [
            .init("reference", .text(attendee.reference.description)),
            .init("status", .text(attendee.status.rawValue)), .init("position", JSON(position)),
            .init("name", .text(attendee.name)),
            .init("email", .text(attendee.email)), .init("organisation", .text(attendee.organisation)),
            .init("role", .text(attendee.role)), .init("registered", JSON(attendee.registered)),
            .init("arrived", JSON(arrived)), .init("badges", JSON(attendee.printed)),
            .init("code", .text(attendee.code.description)), .init("bookings", .list(bookings.map(\.json))),
        ]
    }
}
