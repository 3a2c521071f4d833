import HTTP
import Operations
import Registration

extension Site {
    /// Texts of the largest size on more sessions than fit into a day, percent-encoded.
    static let feedbackBodyLimitBytes = 512 << 10

    func showFeedback(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let visitor = visitor(request)
        var page = try await feedbackPage(parameters, visitor)
        page.isSaved = request.query["saved"] != nil
        page.isWithdrawn = request.query["withdrawn"] != nil
        return shown(page, to: visitor)
    }

    func giveFeedback(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let visitor = visitor(request)
        var page = try await feedbackPage(parameters, visitor)
        let form = try request.form()
        let answers = page.feedback.subjects.map { FeedbackAnswer(form, on: $0.session?.slug) }
        page.typed = answers
        guard isGenuine(form, visitor) else {
            page.problems = [.notGenuineFeedback]
            return shown(page, to: visitor, .forbidden)
        }
        switch try await frontOfHouse.giveFeedback(
            event: page.person.event.slug, reference: page.person.attendee.reference, answers)
        {
        case .kept(0):
            page.problems = [
                FieldProblem(
                    field: FeedbackPage.field("rating", nil),
                    sentence: "Choose a rating for the day, or for one of the sessions.")
            ]
            return shown(page, to: visitor, .unprocessableContent)
        case .kept: return .redirect(to: FeedbackPage.path(page.person) + "?saved").asTicket
        case .refused(let refusals):
            page.problems = refusals.map { refusal in
                FieldProblem(
                    field: refusal.problem.field.map { FeedbackPage.field($0.rawValue, refusal.session) },
                    sentence: refusal.problem.sentence)
            }
            return shown(page, to: visitor, .unprocessableContent)
        case .notOpen, .unknownAttendee:
            // The page says when it is open; it may have closed while it was being filled in.
            return shown(try await feedbackPage(parameters, visitor), to: visitor, .conflict)
        }
    }

    func withdrawQuotes(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let visitor = visitor(request)
        var page = try await feedbackPage(parameters, visitor)
        guard isGenuine(try request.form(), visitor) else {
            page.problems = [.notGenuineFeedback]
            return shown(page, to: visitor, .forbidden)
        }
        _ = try await frontOfHouse.withdrawQuotes(
            event: page.person.event.slug, reference: page.person.attendee.reference)
        return .redirect(to: FeedbackPage.path(page.person) + "?withdrawn").asTicket
    }

    private func feedbackPage(_ parameters: Parameters, _ visitor: Visitor) async throws -> FeedbackPage {
        let person = try await ownAttendee(parameters)
        guard
            let feedback = try await frontOfHouse.ownFeedback(
                event: person.event.slug, reference: person.attendee.reference)
        else {
            throw RequestError(
                .notFound, "Only people whose registration is confirmed are asked for feedback.")
        }
        return FeedbackPage(
            person: person, feedback: feedback, formToken: frontOfHouse.formToken(session: visitor.name))
    }

    private func shown(_ page: FeedbackPage, to visitor: Visitor, _ status: Status = .ok) -> Response {
        var response = page.document.response(status).asTicket
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}

extension FeedbackAnswer {
    /// What was typed on one subject.
    fileprivate init(_ form: FormFields, on session: String?) {
        func value(_ field: String) -> String? { form[FeedbackPage.field(field, session)] }
        self.init(
            session: session,
            // What is no number is no rating either.
            rating: value("rating").map { Int($0) ?? 0 }, differently: value("differently") ?? "",
            quote: value("quote") ?? "", mayBePublished: value("publish") == "yes")
    }
}

extension FieldProblem {
    fileprivate static let notGenuineFeedback = FieldProblem(
        sentence: "This form could not be matched to your browser, which must allow cookies for this. "
            + "Nothing was sent yet: check your answers and send them again.")
}
