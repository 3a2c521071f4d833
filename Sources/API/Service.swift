public import HTTP
public import Operations

/// The JSON API as a router that needs no socket; mount it at `APISettings.path`.
public func api(_ frontOfHouse: FrontOfHouse, settings: APISettings) -> Router {
    let service = Service(frontOfHouse: frontOfHouse, settings: settings)
    var router = Router()
    for operation in service.operations + [OpenAPI.operation(describing: service.operations)] {
        let handler = service.handler(of: operation)
        if let upload = operation.upload {
            router.on(operation.method, operation.path, taking: upload, handler)
        } else {
            router.on(
                operation.method, operation.path, bodyLimitBytes: operation.bodyLimitBytes, isBrief: true,
                handler)
        }
    }
    router.finish = { response, _ in
        // Answers hold people's data, and nothing in them is for a browser to show.
        if response.headers["Cache-Control"] == nil { response.headers.add("Cache-Control", "no-store") }
        response.headers.add("X-Content-Type-Options", "nosniff")
    }
    router.errorPage = service.show
    return router
}

/// What all operations share.
struct Service: Sendable {
    let frontOfHouse: FrontOfHouse
    let settings: APISettings
    var heartbeat = LiveFollowers.heartbeat

    var operations: [Operation] {
        [
            listEvents, getEvent, changeEvent, changeSession,
            register, registerGroup, sendLink,
            listAttendees, getAttendee, changeAttendee, givePlace, cancelAttendee, eraseAttendee,
            getConsents, changeConsents, listLetters, sendLetterAgain,
            checkIn, printBadge, getPrintJob, getAttendance, listActivity,
            getCertificate, verifyCertificate,
            listMaterials, addLink, putFile, getFile, removeMaterial, getFeedback,
            giveFeedback,
        ]
    }

    /// Checks a request against its operation before it is carried out.
    func handler(of operation: Operation) -> Handler {
        { request, parameters in
            let caller = try await caller(of: request, for: operation, parameters)
            let queryProblems = operation.problems(inQueryOf: request)
            guard queryProblems.isEmpty else { throw Problem.invalid(queryProblems) }
            let call = Call(
                request: request, parameters: parameters, caller: caller,
                body: try operation.body(of: request))
            return try await operation.handler(call)
        }
    }

    @Sendable func show(_ error: any Error, _ request: Request) -> Response {
        if let problem = Problem(error) { return problem.response }
        if error is Overloaded {
            return Problem(
                .overloaded, "Too much is going on here; nothing was changed. Try again in a moment.",
                headers: ["Retry-After": "1"]
            ).response
        }
        settings.noteFault(error, request.id)
        return Problem(.fault, "Something went wrong here. Try again; it is in the log as \(request.id).")
            .response
    }
}

extension Operation {
    /// Everything that keeps the query from being what the operation takes. Nothing in it is left aside: a list that
    /// does not look at what it was to be cut to says of others what was asked of some.
    fileprivate func problems(inQueryOf request: Request) -> [FieldProblem] {
        var seen: Set<String> = []
        let found = request.query.fields.flatMap { field -> [FieldProblem] in
            let name = String(field.name.prefix(64))
            guard let parameter = query.first(where: { $0.name == field.name }) else {
                let known = query.map(\.name).joined(separator: ", ")
                let words = known.isEmpty ? "this address takes no parameters" : "known are \(known)"
                return [FieldProblem(field: name, detail: "Is not known here; \(words).")]
            }
            guard seen.insert(field.name).inserted else {
                return [FieldProblem(field: name, detail: "Must be given once.")]
            }
            var value = JSON.text(field.value)
            if case .integer = parameter.schema.kind { value = Int64(field.value).map(JSON.integer) ?? value }
            return parameter.schema.problems(of: value, field: name)
        }
        return Array(found.prefix(Schema.problemLimit))
    }

    fileprivate func body(of request: Request) throws -> JSON {
        guard let schema = body, !(isBodyOptional && request.body.isEmpty) else { return [:] }
        let type = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }.lowercased()
        guard type.trimmingSpaces == "application/json" else {
            throw Problem(
                .unsupportedMediaType, "This address takes JSON: send Content-Type: application/json.")
        }
        let value = try JSON(parsing: request.body)
        let problems = schema.problems(of: value)
        guard problems.isEmpty else { throw Problem.invalid(problems) }
        return value
    }
}

extension String {
    fileprivate var trimmingSpaces: Substring {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return text.drop { $0 == " " }
    }
}
