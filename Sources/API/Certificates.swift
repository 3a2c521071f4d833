internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var getCertificate: Operation {
        Operation(
            method: .get, path: "/events/{event}/attendees/{reference}/certificate", name: "getCertificate",
            summary: "An attendee's certificate of attendance, from the scans that admitted them",
            access: .role(.reception),
            answers: [
                .init(
                    status: .ok, about: "A PDF file.", schema: Schema(.bytes), type: "application/pdf",
                    headers: ["Content-Disposition": "Names the file by the reference."])
            ],
            problems: [.notConfirmed, .eventNotOver, .neverAdmitted], handler: getCertificate)
    }

    private func getCertificate(_ call: Call) async throws -> Response {
        let event = try await event(call.parameters)
        switch try await frontOfHouse.certificate(event: event.slug, reference: try call.reference()) {
        case .issued(let certificate):
            let name = "certificate-\(certificate.attendee.reference).pdf"
            return Response.bytes(try await settings.certificate(certificate), type: "application/pdf")
                .with("Content-Disposition", "attachment; filename=\"\(name)\"")
        case .unknownAttendee: throw Problem.unknownAttendee
        case .notConfirmed:
            throw Problem(.notConfirmed, "Only a confirmed attendee gets a certificate.")
        case .notYet(let ends):
            let moment = LocalTime(event).dayAndClock(ends)
            throw Problem(.eventNotOver, "Certificates are given from the event's end, \(moment).")
        case .neverAdmitted:
            throw Problem(.neverAdmitted, "No scan admitted this attendee, at the entrance or at a room.")
        }
    }

    var verifyCertificate: Operation {
        Operation(
            method: .get, path: "/certificates/{code}", name: "verifyCertificate",
            summary: "What a certificate of attendance says, by the code on it", access: .everyone,
            answers: [
                .init(
                    status: .ok, about: "It is genuine.",
                    schema: .object([
                        "code": .text, "name": .text, "event": .text, "title": .text, "venue": .text,
                        "dates": .text.about("In words, as on the paper."),
                        "sessions": .list(.text).about("The titles of those that were attended."),
                    ]))
            ],
            problems: [.certificateOutdated, .tooManyRequests]
        ) { call in
            let check = try await frontOfHouse.verifyCertificate(
                call.parameters["code"], from: call.request.clientKey)
            switch check {
            case .valid(let certificate): return .json(certificate.json.bytes)
            case .outdated:
                throw Problem(
                    .certificateOutdated,
                    "What this certificate said was corrected since, or the code's last characters were mistyped. "
                        + "Ask for a new one.")
            case .notValid: throw Problem(.notFound, "No certificate has this code.")
            case .tooMany(let seconds):
                throw Problem(
                    .tooManyRequests, "Too many codes were asked for from here. Try again in \(seconds) s.",
                    headers: ["Retry-After": String(seconds)])
            }
        }
    }
}

extension Certificate {
    fileprivate var json: JSON {
        [
            "code": .text(code), "name": .text(attendee.name), "event": .text(event.slug),
            "title": .text(event.title), "venue": .text(event.venue), "dates": .text(dates),
            "sessions": .list(sessions.map { .text($0.title) }),
        ]
    }
}
