internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var getAttendance: Operation {
        Operation(
            method: .get, path: "/events/{event}/attendance", name: "getAttendance",
            summary: "How an event is attended now", access: .role(.organiser),
            answers: [.init(status: .ok, about: "The numbers.", schema: Attendance.schema)]
        ) { call in
            guard let found = try await frontOfHouse.attendance(event: call.parameters["event"]) else {
                throw Problem.unknownEvent
            }
            return .json(found.json.bytes)
        }
    }
}

extension Attendance {
    fileprivate static let schema = Schema.object([
        "capacity": .count, "registered": .count, "arrived": .count,
        "sessions": .list(
            .object([
                "session": .text,
                "capacity": Schema.count.nullable.about("Null: open to everyone registered, not booked."),
                "booked": .count, "waiting": .count, "arrived": .count,
            ])),
        "activity": .count.about("The number of the newest activity that is counted in."),
    ]).named("Attendance")

    fileprivate var json: JSON {
        let sessions = sessions.map { attended -> JSON in
            [
                "session": .text(attended.session.slug), "capacity": JSON(attended.session.capacity),
                "booked": JSON(attended.places.confirmed), "waiting": JSON(attended.places.waiting),
                "arrived": JSON(attended.arrived),
            ]
        }
        return [
            "capacity": JSON(event.capacity), "registered": JSON(registered), "arrived": JSON(arrived),
            "sessions": .list(sessions), "activity": .integer(activity),
        ]
    }
}
