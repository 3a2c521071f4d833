import HTTP
import Operations
import Registration

/// What somebody's own page offers once the event is over, or says will come.
struct AfterTheDay {
    var person: RegisteredAttendee
    var certificate: CertificateOutcome
    /// Nil where the person may not give any.
    var feedback: OwnFeedback?
    /// Those sessions that left anything.
    var materials: [SessionMaterials]

    private var time: LocalTime { LocalTime(person.event) }

    /// Whether the event is over, so that this is what people come for.
    var isTime: Bool {
        if case .notYet = certificate { return false }
        return person.attendee.status == .confirmed
    }

    /// Whether there is a certificate, which is what people come back for.
    var isMain: Bool { if case .issued = certificate { true } else { false } }

    var html: HTML? {
        guard person.attendee.status == .confirmed else { return nil }
        return """
            <section class="stack no-print" aria-labelledby="after">
            <h2 id="after">After the day</h2>
            <div class="row">\(certificateOffer)\(feedback.flatMap(feedbackOffer))</div>
            \(when(!materials.isEmpty, "<h3>Slides and links</h3>\(materials.map(session))"))
            </section>
            """
    }

    private func feedbackOffer(_ feedback: OwnFeedback) -> HTML? {
        let path = FeedbackPage.path(person)
        return switch feedback.state {
        case .notYet: nil
        case .open:
            """
            <p><a class="button button-quiet" href="\(path)">\
            \(feedback.isAnswered ? "Change your feedback" : "Give feedback")</a></p>
            """
        case .closed:
            when(
                feedback.hasPublishableQuotes,
                "<p><a href=\"\(path)\">What you let the organisers publish</a></p>")
        }
    }

    private func session(_ held: SessionMaterials) -> HTML {
        let links = held.materials.map { material -> HTML in
            let path = "\(AttendeePage.path(person))/materials/\(material.id.rawValue)"
            return "<li><span>\(MaterialLink(material: material, filePath: path).html)</span></li>"
        }
        let fromFile = held.session.materials.map { "<li>\(outsideLink($0))</li>" as HTML }
        return """
            <div class="materials-of"><h4>\(held.session.title)</h4><ul class="materials">\(links)\(fromFile)</ul></div>
            """
    }

    private var certificateOffer: HTML? {
        switch certificate {
        case .issued:
            """
            <p><a class="button" href="\(AttendeePage.path(person))/certificate.pdf">\
            Download your certificate of attendance (PDF)</a></p>
            """
        case .notYet, .neverAdmitted:
            "<p class=\"soft\">\(inviting(certificate.sentence(time) ?? "", to: person.event.contact))</p>"
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
        let (event, reference) = (person.event.slug, person.attendee.reference)
        return AfterTheDay(
            person: person,
            certificate: try await frontOfHouse.certificate(event: event, reference: reference),
            feedback: try await frontOfHouse.ownFeedback(event: event, reference: reference),
            materials: try await frontOfHouse.materials(event: event)?.sessions.filter { !$0.isEmpty } ?? [])
    }

    func downloadMaterial(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let person = try await ownAttendee(parameters)
        guard person.attendee.status == .confirmed else {
            throw RequestError(.notFound, "Files are there for people whose registration is confirmed.")
        }
        return try await download(parameters["material"], of: person.event.slug).asTicket
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
