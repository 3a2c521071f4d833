import HTTP
import Operations
import Registration
import Secrets

extension Site {
    func showGroup(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let content = try await content(parameters)
        let state = RegistrationState(content.event, content.places, now: frontOfHouse.now)
        guard state == .open || state == .full else { return .redirect(to: "/e/\(content.event.slug)") }
        return groupForm(content, visitor(request), TypedGroup())
    }

    func registerGroup(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let content = try await content(parameters)
        let visitor = visitor(request)
        let fields = try request.form()
        var typed = TypedGroup(fields, content.questions)
        func refuse(_ problems: [FieldProblem], _ status: Status) -> Response {
            groupForm(content, visitor, typed, problems, status)
        }
        guard isGenuine(fields, visitor) else { return refuse([.notGenuine], .forbidden) }
        switch fields["do"] {
        case "more":
            if typed.people.count < FrontOfHouse.groupLimit {
                let organisation = typed.people.last?.organisation ?? ""
                typed.people.append(RegistrationForm(organisation: organisation))
            }
            return refuse([], .ok)
        case "fewer":
            if typed.people.count > TypedGroup.least { typed.people.removeLast() }
            return refuse([], .ok)
        default: break
        }
        let key = fields["key"].flatMap(FormKey.init)?.text
        // Whoever presses again because no answer came is not told of the places that they themselves have taken.
        if let key {
            let people = try await frontOfHouse.registeredGroup(
                typed.people, event: content.event.slug, idempotencyKey: key)
            guard people.isEmpty else { return done(content.event, people) }
        }
        let problems = GroupProblems(content: content, typed: typed, now: frontOfHouse.now)
        guard problems.ofGroup.isEmpty else { return refuse(problems.all, .unprocessableContent) }
        if case .refused(let seconds) = settings.registrations.take(
            request.clientKey, count: typed.people.count, at: frontOfHouse.now)
        {
            return refuse([.tooMany(retryAfterSeconds: seconds)], .tooManyRequests)
                .with("Retry-After", String(seconds))
        }
        let outcome = try await register(typed.people, content.event, key)
        switch outcome {
        case .registered(let people): return done(content.event, people)
        case .refused(let refusals):
            // Places went while the form was being sent, or somebody is registered already.
            let fresh = GroupProblems(
                content: try await self.content(parameters), typed: typed, now: frontOfHouse.now)
            let taken = refusals.flatMap { index, refusals in
                fresh.problems(refusals.filter { $0 == .addressTaken }, of: index)
            }
            let found = fresh.all + taken
            return groupForm(
                fresh.content, visitor, typed, found.isEmpty ? [.placesMoved] : found, .unprocessableContent)
        case .keyReused: return refuse([.sentBefore], .conflict)
        case .wrongSize, .unknownEvent: throw RequestError.notFound
        }
    }

    private func done(_ event: Event, _ people: [RegisteredAttendee]) -> Response {
        if sendsLetters { return .redirect(to: SentPage.path(event.slug)) }
        return GroupDonePage(event: event, people: people).document.response(.created).asTicket
    }

    /// Registers the group; where letters are sent, whoever is registered already gets theirs again instead, and
    /// nobody is told who that is.
    private func register(_ people: [RegistrationForm], _ event: Event, _ key: String?) async throws
        -> GroupOutcome
    {
        let outcome = try await frontOfHouse.registerGroup(people, event: event.slug, idempotencyKey: key)
        guard sendsLetters, case .refused(let refusals) = outcome else { return outcome }
        let told = refusals.mapValues { $0.filter { $0 != .addressTaken } }.filter { !$0.value.isEmpty }
        guard told.isEmpty else { return .refused(told) }
        for index in refusals.keys.sorted() {
            try await frontOfHouse.sendLink(event: event.slug, email: people[index].email)
        }
        guard refusals.count < people.count else { return .registered([]) }
        return try await frontOfHouse.registerGroup(
            people, without: Set(refusals.keys), event: event.slug, idempotencyKey: key)
    }

    private func groupForm(
        _ content: EventProgramme, _ visitor: Visitor, _ typed: TypedGroup, _ problems: [FieldProblem] = [],
        _ status: Status = .ok
    ) -> Response {
        let page = GroupPage(
            content: content, typed: typed, problems: problems, idempotencyKey: RandomSource().token(),
            formToken: frontOfHouse.formToken(session: visitor.name), sendsLetters: sendsLetters)
        var response = page.document.response(status).with("Cache-Control", "private, no-cache")
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}

extension FieldProblem {
    fileprivate static let placesMoved = FieldProblem(
        sentence:
            "Places went and came while this was sent. Nobody is registered yet: press the button again.")
}

/// What a group is shown once all of it is registered, where no letters tell each.
struct GroupDonePage {
    var event: Event
    var people: [RegisteredAttendee]

    var document: HTML {
        var layout = Layout(title, event: event)
        layout.isNarrow = true
        let lines = people.map { person -> HTML in
            let words = person.attendee.status == .waiting ? " (on the waiting list)" : ""
            let name = Web.person(person.attendee.name)
            return """
                <li class="card stack"><p><strong>\(name)</strong>\(words)<br>\
                <span class="soft">Reference <span class="reference">\(person.attendee.reference)</span></span></p>
                <p><a class="button button-quiet button-small" href="\(AttendeePage.path(person))">Page and ticket\
                <span class="hidden"> of \(name)</span></a></p></li>
                """
        }
        return layout.document(
            """
            <div class="stack">
            <section class="done stack" role="status"><h1>\(title)</h1>
            <p class="lead">Give each person the address of their own page: \(meaning). This list is not shown \
            again.</p></section>
            <ul class="stack">\(lines)</ul>
            </div>
            """)
    }

    private var waiting: Int { people.count { $0.attendee.status == .waiting } }

    private var title: String {
        switch waiting {
        case 0: "Everybody is registered"
        case people.count: "Everybody is on the waiting list"
        default: "\((people.count - waiting).have) a place, \(waiting.wait) for one"
        }
    }

    private var meaning: String {
        waiting == 0 ? "it is their ticket" : "it is their ticket, and shows when a place is theirs"
    }
}

extension Int {
    /// `1 person has`, `2 people have`
    fileprivate var have: String { self == 1 ? "1 person has" : "\(self) people have" }
    /// `1 waits`, `2 wait`
    fileprivate var wait: String { self == 1 ? "1 waits" : "\(self) wait" }
}
