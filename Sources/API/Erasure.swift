internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var eraseAttendee: Operation {
        Operation(
            method: .delete, path: "/events/{event}/attendees/{reference}/personal-data",
            name: "eraseAttendee",
            summary:
                "Erases a person: cancels their registration, without a letter, and deletes what is personal",
            access: .role(.organiser),
            answers: [
                .init(
                    status: .noContent,
                    about:
                        "Erased, which can't be undone. From now on the reference is answered 404, also here."
                )
            ]
        ) { call in
            let outcome = try await frontOfHouse.erase(
                event: call.parameters["event"], reference: try call.reference())
            guard case .erased = outcome else { throw Problem.unknownAttendee }
            return Response(.noContent)
        }
    }
}
