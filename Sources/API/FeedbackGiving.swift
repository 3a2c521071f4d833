internal import HTTP
internal import Operations
internal import Registration

extension Service {
    /// The day, and each session that an event may have.
    private static let answersLimit = RegistrationForm.Field.sessions.limit + 1

    var giveFeedback: Operation {
        Operation(
            method: .put, path: "/events/{event}/attendees/{reference}/feedback", name: "giveFeedback",
            summary: "Keeps what an attendee says of the day and its sessions, as on a screen at the exit;"
                + " nobody can read by the API who said what",
            access: .role(.organiser),
            body: Schema.object([
                "answers": Schema.list(
                    Schema.object([
                        "rating": Schema(
                            .integer(
                                Int64(
                                    FeedbackAnswer.ratings.lowerBound)...Int64(
                                        FeedbackAnswer.ratings.upperBound)))
                    ]).with([
                        "session": Schema.text(limit: 64).about("Its slug; left out for the day as a whole."),
                        "differently": Schema.text(limit: Feedback.textLimit).about(
                            "What they will do differently."),
                        "quote": .text(limit: Feedback.textLimit),
                        "publish": Schema.boolean.about(
                            "Whether they agree to this: “\(Feedback.consentWording)”"),
                    ]), limit: Service.answersLimit
                ).about("What is left out stays as it was answered before.")
            ]),
            bodyLimitBytes: Operation.answersLimitBytes,
            answers: [
                .init(
                    status: .ok, about: "All is kept.",
                    schema: .object(["kept": Schema.count.about("How many answers.")]))
            ],
            problems: [.notConfirmed, .feedbackNotOpen], handler: giveFeedback)
    }

    private func giveFeedback(_ call: Call) async throws -> Response {
        let (event, reference) = (call.parameters["event"], try call.reference())
        guard let person = try await frontOfHouse.attendee(event: event, reference: reference) else {
            throw Problem.unknownAttendee
        }
        let answers = call.body.items("answers").map(FeedbackAnswer.init)
        let outcome = try await frontOfHouse.giveFeedback(
            event: event, reference: reference, answers)
        switch outcome {
        case .kept(let count): return .json((["kept": JSON(count)] as JSON).bytes)
        case .refused(let refusals):
            throw Problem.invalid(
                refusals.map { refusal in
                    let index = answers.firstIndex { $0.session == refusal.session } ?? 0
                    let field = refusal.problem.field.map { ".\($0.rawValue)" } ?? ".session"
                    return FieldProblem(
                        field: "answers[\(index)]\(field)", detail: refusal.problem.sentence)
                })
        case .notOpen(let state):
            throw Problem(.feedbackNotOpen, state.sentence(in: LocalTime(person.event)))
        case .unknownAttendee:
            throw Problem(
                .notConfirmed, "Only people whose registration is confirmed are asked for feedback.")
        }
    }
}

extension FeedbackAnswer {
    fileprivate init(_ json: JSON) {
        self.init(
            session: json.text("session"), rating: json.integer("rating").map { Int($0) },
            differently: json.text("differently") ?? "", quote: json.text("quote") ?? "",
            mayBePublished: json.boolean("publish") ?? false)
    }
}

extension FeedbackState {
    fileprivate func sentence(in times: LocalTime) -> String {
        switch self {
        case .notYet(let opens): "Feedback opens at \(times.dayAndClock(opens)), when the event ends."
        case .open(let closes): "Feedback is open until \(times.dayAndClock(closes))."
        case .closed(let closed): "Feedback closed at \(times.dayAndClock(closed))."
        }
    }
}
