import HTTP
import Operations
import Registration

/// `/e/{event}/confirm/{reference}/{key}`: where the letter to a new address leads. Programs that look into mail
/// open links, so it takes a press of a button.
struct ConfirmAddressPage {
    var event: Event
    var path: String
    var address: String
    var formToken: String
    var problems: [FieldProblem] = []

    var document: HTML {
        var layout = Layout("Confirm your address", event: event)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            <div class="stack"><h1>Is this your address?</h1>
            <p class="lead">Letters about \(event.title) will go to <strong>\(address)</strong> from now on.</p></div>
            <form method="post" action="\(path)">
            <input type="hidden" name="token" value="\(formToken)">
            <button class="button" type="submit">Yes, it is mine</button>
            </form>
            </div>
            """)
    }
}

/// After the press of that button. It does not lead to the own page, whose address the letter did not hold.
struct AddressConfirmedPage {
    var event: Event

    var document: HTML {
        var layout = Layout("Your address is confirmed", event: event)
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack">
            <section class="done stack" role="status"><h1>Your address is confirmed</h1>
            <p class="lead">Letters go there from now on. The link to your own page is the same as before.</p></section>
            <p><a class="button button-quiet" href="\(LinkPage.path(event.slug))">Have my link sent there</a></p>
            </div>
            """)
    }
}

extension Site {
    func showConfirmAddress(_ request: Request, _ parameters: Parameters) async throws -> Response {
        try await confirmPage(request, parameters)
    }

    func confirmAddress(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard isGenuine(try request.form(), visitor(request)) else {
            return try await confirmPage(request, parameters, [.notGenuine], .forbidden)
        }
        guard let reference = Reference(parameters["reference"]) else { throw ConfirmAddressPage.unknown }
        let outcome = try await frontOfHouse.confirmAddress(
            event: parameters["event"], reference: reference, key: parameters["key"])
        switch outcome {
        case .confirmed:
            return AddressConfirmedPage(event: try await content(parameters).event).document.response()
                .asTicket
        case .taken:
            throw RequestError(
                .conflict,
                "Somebody is registered for this event with this address, so it can't be yours as well.")
        case .refused(let refusal):
            throw RequestError(
                .conflict, refusal.sentence(in: LocalTime(try await content(parameters).event)))
        case .unknown: throw ConfirmAddressPage.unknown
        }
    }

    private func confirmPage(
        _ request: Request, _ parameters: Parameters, _ problems: [FieldProblem] = [], _ status: Status = .ok
    ) async throws -> Response {
        let visitor = visitor(request)
        guard let reference = Reference(parameters["reference"]),
            let found = try await frontOfHouse.attendee(event: parameters["event"], reference: reference),
            let address = try await frontOfHouse.askedAddress(
                of: found.attendee, key: parameters["key"])
        else { throw ConfirmAddressPage.unknown }
        var response = ConfirmAddressPage(
            event: found.event,
            path: "/e/\(found.event.slug)/confirm/\(reference)/\(parameters["key"])", address: address,
            formToken: frontOfHouse.formToken(session: visitor.name), problems: problems
        ).document.response(status).asTicket
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}

extension ConfirmAddressPage {
    fileprivate static let unknown = RequestError(
        .notFound,
        "This link does not confirm anything: it was used already, or another address was entered since.")
}
