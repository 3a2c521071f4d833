import HTTP
import Operations
import Registration

extension Site {
    func printAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let person = try await attendee(parameters)
        let back = Response.redirect(to: "/desk/\(person.event.slug)/\(person.attendee.reference)")
        guard sentForms.isFirst(form["once"]) else { return back }
        var isRequested = false
        defer { if !isRequested { sentForms.forget(form["once"]) } }
        let outcome = try await frontOfHouse.printBadge(
            event: person.event.slug, reference: person.attendee.reference, printer: form["printer"])
        switch outcome {
        case .requested:
            isRequested = true
            return back
        case .unknownPrinter: throw RequestError.badRequest("There is no printer of this name any more.")
        case .notConfirmed:
            throw RequestError(.conflict, "This registration is not confirmed, so there is no badge for it.")
        case .tooMany:
            throw RequestError(
                .conflict,
                "\(FrontOfHouse.openBadgesLimit) badges of this person are on their way. Wait for them or cancel"
                    + " some.")
        // The desk's forms have no key: `once` is theirs.
        case .unknownAttendee, .keyReused: throw RequestError.notFound
        }
    }

    func retryAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        try await changeJob(parameters) {
            try await frontOfHouse.retryPrintJob($0, printer: form["printer"])
        }
    }

    func cancelAtDesk(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        try await changeJob(parameters) { try await frontOfHouse.cancelPrintJob($0) }
    }

    private func changeJob(
        _ parameters: Parameters, _ change: (PrintJobID) async throws -> PrintChangeOutcome
    ) async throws -> Response {
        let person = try await attendee(parameters)
        let jobs = try await frontOfHouse.printJobs(of: person.attendee.id)
        guard let job = jobs.first(where: { $0.id.description == parameters["job"] }),
            case let outcome = try await change(job.id)
        else { throw RequestError(.notFound, "There is no such badge.") }
        switch outcome {
        // Where it went on meanwhile, the page that follows shows how far it is.
        case .changed, .tooLate:
            return .redirect(to: "/desk/\(person.event.slug)/\(person.attendee.reference)")
        case .unknownPrinter: throw RequestError.badRequest("There is no printer of this name any more.")
        case .unknownJob: throw RequestError(.notFound, "There is no such badge.")
        }
    }
}
