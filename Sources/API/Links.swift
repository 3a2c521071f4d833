internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var sendLink: Operation {
        Operation(
            method: .post, path: "/events/{event}/links", name: "sendLink",
            summary: "Has the link to their own page sent to an attendee again",
            access: .everyone,
            body: Schema.object(["email": .text.about("The address that they registered with.")]),
            answers: [
                .init(
                    status: .accepted,
                    about: "A letter is sent if the address is registered; whether it is, is not told.",
                    schema: .object(["detail": .text]))
            ],
            problems: [.noLetters, .tooManyRequests]
        ) { call in
            let event = try await event(call.parameters)
            let email = call.body.text("email") ?? ""
            guard frontOfHouse.settings.letters else {
                throw Problem(
                    .noLetters, "Lanyard sends no e-mail here. The attendee's manage_url is the link itself.")
            }
            guard EmailAddress(email) != nil else {
                let problem = RegistrationForm.Problem(.email, .notAnAddress)
                throw Problem.invalid(problem.field.rawValue, problem.sentence)
            }
            if call.caller == nil { try takePublicRegistrations(call) }
            try await frontOfHouse.sendLink(event: event.slug, email: email)
            let detail = "If the address is registered, a letter with the link is on its way."
            return .json((["detail": .text(detail)] as JSON).bytes, status: .accepted)
        }
    }
}
