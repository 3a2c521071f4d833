internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var printBadge: Operation {
        Operation(
            method: .post, path: "/events/{event}/attendees/{reference}/badges", name: "printBadge",
            summary: "Asks for an attendee's next badge", access: .role(.reception),
            headers: [
                .idempotencyKey(
                    "A repetition with the same key and body prints nothing again and is answered with the same"
                        + " print job.")
            ],
            body: Schema.object([:]).with([
                "printer": .text(limit: 64).about("A configured printer; the first where it is missing.")
            ]),
            isBodyOptional: true,
            answers: [
                .init(
                    status: .accepted, about: "The badge is on its way.", schema: PrintJob.schema,
                    headers: ["Location": "The print job's address."])
            ],
            problems: [.notConfirmed, .tooManyBadges, .keyReused], handler: printBadge)
    }

    var getPrintJob: Operation {
        Operation(
            method: .get, path: "/print-jobs/{id}", name: "getPrintJob",
            summary: "Where a badge is on its way to paper", access: .role(.reception),
            answers: [.init(status: .ok, about: "The print job.", schema: PrintJob.schema)]
        ) { call in
            let id = Int64(call.parameters["id"]).map(PrintJobID.init)
            guard let id, let job = try await frontOfHouse.printJob(id),
                call.caller?.event == nil || call.caller?.event == job.event
            else { throw Problem(.notFound, "There is no such print job.") }
            return .json(job.json.bytes)
        }
    }

    private func printBadge(_ call: Call) async throws -> Response {
        let outcome = try await frontOfHouse.printBadge(
            event: call.parameters["event"], reference: try call.reference(),
            printer: call.body.text("printer"), idempotencyKey: try call.idempotencyKey())
        switch outcome {
        case .requested(let job):
            return Response.json(job.json.bytes, status: .accepted)
                .with("Location", "\(APISettings.path)/print-jobs/\(job.id)")
        case .unknownAttendee: throw Problem.unknownAttendee
        case .notConfirmed:
            throw Problem(.notConfirmed, "Only a confirmed attendee gets a badge.")
        case .tooMany:
            throw Problem(
                .tooManyBadges,
                "\(FrontOfHouse.openBadgesLimit) badges of this attendee are on their way. Wait for them or cancel"
                    + " some.")
        case .unknownPrinter:
            let known = frontOfHouse.settings.printers.joined(separator: ", ")
            throw Problem.invalid(
                "printer",
                known.isEmpty ? "No printer is configured." : "Is not a printer; choose one of \(known).")
        case .keyReused: throw Problem.keyReused
        }
    }
}

extension PrintJob {
    static let schema = Schema.object([
        "id": .count, "badge": .count.about("Which badge of the person it is, 1 for the first."),
        "printer": .text, "state": .words(PrintState.allCases.map(\.rawValue)),
        "reason": .text.about("Why it waits or failed, in plain words; may be empty."),
        "requested": .moment, "changed": .moment,
    ]).named("PrintJob")

    var json: JSON {
        [
            "id": .integer(id.rawValue), "badge": JSON(number), "printer": .text(printer),
            "state": .text(state.rawValue), "reason": .text(reason), "requested": JSON(requested),
            "changed": JSON(changed),
        ]
    }
}
