import HTTP
import Operations
import Registration
import Secrets

extension Site {
    func showRegister(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let content = try await content(parameters)
        let state = RegistrationState(content.event, content.places, now: frontOfHouse.now)
        let staff = try await signedIn(request).map { bar($0, event: content.event, current: .desk) }
        if staff != nil, state == .full { return show(.full(content.places), content.event.slug) }
        // The event's page says why nobody can register now; the desk registers whoever comes unannounced.
        guard state == .open || state == .full || staff != nil else {
            return .redirect(to: "/e/\(content.event.slug)")
        }
        let typed = staff == nil ? TypedRegistration() : typedForNewcomer(request)
        return registerForm(content, visitor(request), typed, staff: staff)
    }

    func register(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let content = try await content(parameters)
        let visitor = visitor(request)
        let fields = try request.form()
        let typed = TypedRegistration(fields, content.questions)
        let signedIn = try await signedIn(request)
        let staff = signedIn.map { bar($0, event: content.event, current: .desk) }
        func refuse(_ problems: [FieldProblem], _ status: Status) -> Response {
            registerForm(content, visitor, typed, problems, status, staff: staff)
        }
        guard isGenuine(fields, visitor) || isGenuine(fields, signedIn) else {
            return refuse([.notGenuine], .forbidden)
        }
        let isByStaff = staff != nil
        if !isByStaff,
            case .refused(let seconds) = settings.registrations.take(
                request.clientKey, at: frontOfHouse.now)
        {
            return refuse([.tooMany(retryAfterSeconds: seconds)], .tooManyRequests)
                .with("Retry-After", String(seconds))
        }
        let unanswered = unanswered(typed, content) + typed.outdatedConsents.map(FieldProblem.init(outdated:))
        guard unanswered.isEmpty else {
            let refusals = content.refusals(of: typed.form, byStaff: isByStaff, at: frontOfHouse.now)
            return refuse(problems(refusals, content) + unanswered, .unprocessableContent)
        }
        let key = fields["key"].flatMap(FormKey.init)?.text
        let outcome: RegistrationOutcome
        do {
            outcome = try await frontOfHouse.register(
                typed.form, event: content.event.slug, byStaff: isByStaff, idempotencyKey: key)
        } catch {
            // What was typed must not be lost with us. The key stays: the registration may have been kept.
            let isBusy = error is Overloaded
            if !isBusy { settings.noteFault(error, request.id) }
            let status: Status = isBusy ? .serviceUnavailable : .internalServerError
            let problem: FieldProblem = isBusy ? .notTaken : .notKept(request: request.id)
            return registerForm(content, visitor, typed, [problem], status, key: key, staff: staff)
                .with("Retry-After", "5")
        }
        switch outcome {
        case .registered(let person):
            let slug = content.event.slug
            if isByStaff { return try await welcomeNewcomer(person) }
            // Whoever sends a form is not told by the answer whether the address was registered before.
            return .redirect(to: sendsLetters ? SentPage.path(slug) : AttendeePage.path(person) + "?new")
        case .refused([.addressTaken]) where sendsLetters && !isByStaff:
            try await frontOfHouse.sendLink(event: content.event.slug, email: typed.form.email)
            return .redirect(to: SentPage.path(content.event.slug))
        case .refused(let refusals):
            // Places may have gone while the form was being filled in.
            let content = try await self.content(parameters)
            return registerForm(
                content, visitor, typed, problems(refusals, content), .unprocessableContent, staff: staff)
        case .keyReused: return refuse([.sentBefore], .conflict)
        case .unknownEvent: throw RequestError.notFound
        }
    }

    private func problems(_ refusals: [RegistrationRefusal], _ content: EventProgramme) -> [FieldProblem] {
        let blocks = WorkshopBlock.all(in: content.programme)
        return refusals.map { FieldProblem($0, in: content, blocks: blocks) }
    }

    private func unanswered(_ typed: TypedRegistration, _ content: EventProgramme) -> [FieldProblem] {
        WorkshopChoices(
            blocks: WorkshopBlock.all(in: content.programme), typed: typed.sessions,
            time: LocalTime(content.event), problems: []
        ).unanswered
    }

    /// Each rendering has a key of its own: sent twice it registers once, changed and sent again it is new.
    private func registerForm(
        _ content: EventProgramme, _ visitor: Visitor, _ typed: TypedRegistration = TypedRegistration(),
        _ problems: [FieldProblem] = [], _ status: Status = .ok, key: String? = nil, staff: StaffBar?
    ) -> Response {
        let page = RegisterPage(
            content: content, typed: typed, problems: problems,
            idempotencyKey: key ?? RandomSource().token(),
            formToken: staff?.formToken ?? frontOfHouse.formToken(session: visitor.name),
            sendsLetters: sendsLetters, staff: staff,
            takesNeeds: content.event.takesNeeds(at: frontOfHouse.now))
        // `no-store` would make browsers forget what was typed when somebody goes back.
        var response = page.document.response(status).with("Cache-Control", "private, no-cache")
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}

/// The key that came with a form, if it is one of ours: what is stored for it stays small.
struct FormKey {
    let text: String

    init?(_ text: String) {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        self.text = text
    }
}

extension FieldProblem {
    static let notGenuine = FieldProblem(
        sentence: "This form could not be matched to your browser, which must allow cookies for this. "
            + "Nothing was sent yet: check your answers and send them again.")
    fileprivate static let notTaken = FieldProblem(
        sentence:
            "A lot is going on at the moment and your registration was not confirmed. Your answers are kept "
            + "on this page: wait a few seconds and press Register again. You will not be registered twice.")
    fileprivate static func notKept(request id: String) -> FieldProblem {
        FieldProblem(
            sentence:
                "Something went wrong and your registration was not confirmed. The mistake is ours, and it is "
                + "noted. Your answers are kept on this page: press Register again, and if it goes on, write "
                + "to the organisers and name “\(id)”. You will not be registered twice.")
    }

    static let sentBefore = FieldProblem(
        sentence: "This form was sent before with other answers. If you want to register somebody else, "
            + "check the answers and press Register again.")

    static func tooMany(retryAfterSeconds seconds: Int) -> FieldProblem {
        FieldProblem(
            sentence:
                "Too many registrations have come from your network in the last minute. Your answers are "
                + "kept on this page: wait \(seconds.seconds) and press Register again.")
    }
}
