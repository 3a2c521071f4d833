import HTTP
import Operations
import Registration

/// What somebody's own page offers once the event is over, or says will come.
struct AfterTheDay {
    var person: RegisteredAttendee
    var certificate: CertificateOutcome

    private var time: LocalTime { LocalTime(person.event) }

    var html: HTML? {
        guard person.attendee.status == .confirmed else { return nil }
        return """
            <section class="stack no-print" aria-labelledby="after">
            <h2 id="after">After the day</h2>
            \(certificateOffer)
            </section>
            """
    }

    private var certificateOffer: HTML? {
        switch certificate {
        case .issued:
            """
            <p><a class="button button-quiet" href="\(AttendeePage.path(person))/certificate.pdf">\
            Download your certificate of attendance (PDF)</a></p>
            """
        case .notYet, .neverAdmitted: "<p class=\"soft\">\(certificate.sentence(time) ?? "")</p>"
        case .notConfirmed, .unknownAttendee: nil
        }
    }
}

extension CertificateOutcome {
    /// Why there is no certificate, for the person whom it would be about; nil where there is one.
    func sentence(_ time: LocalTime) -> String? {
        switch self {
        case .issued: nil
        case .notYet(let ends):
            "Your certificate of attendance will be here when the event is over, from \(time.dayAndClock(ends))."
        case .neverAdmitted:
            "There is no certificate of attendance, because your ticket was not scanned at the event. "
                + "If you were there, write to the organisers."
        case .notConfirmed: "There is no certificate for a registration that is not confirmed."
        case .unknownAttendee: "There is no such registration."
        }
    }
}

extension Site {
    func afterTheDay(_ person: RegisteredAttendee) async throws -> AfterTheDay {
        AfterTheDay(
            person: person,
            certificate: try await frontOfHouse.certificate(
                event: person.event.slug, reference: person.attendee.reference))
    }

    func downloadCertificate(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let person = try await ownAttendee(parameters)
        let outcome = try await frontOfHouse.certificate(
            event: person.event.slug, reference: person.attendee.reference)
        guard case .issued(let certificate) = outcome else {
            throw RequestError(.notFound, outcome.sentence(LocalTime(person.event)) ?? "")
        }
        let name = "certificate-\(person.attendee.reference).pdf"
        return Response.bytes(try await settings.certificate(certificate), type: "application/pdf")
            .with("Content-Disposition", "attachment; filename=\"\(name)\"")
            .asTicket
    }
}
