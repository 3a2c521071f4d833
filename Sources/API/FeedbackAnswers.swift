internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var getFeedback: Operation {
        Operation(
            method: .get, path: "/events/{event}/feedback", name: "getFeedback",
            summary: "What attendees said of an event and its sessions, without who they are",
            access: .role(.organiser),
            answers: [.init(status: .ok, about: "The results.", schema: FeedbackResults.schema)]
        ) { call in
            guard let found = try await frontOfHouse.feedbackResults(event: call.parameters["event"]) else {
                throw Problem.unknownEvent
            }
            return .json(found.json.bytes)
        }
    }
}

extension FeedbackResults {
    private static let tooFew = "Null where fewer than \(Feedback.fewestShown) answered."

    private static let subject = Schema.object([
        "session": Schema.text.nullable.about("Null for the day as a whole."), "answers": .count,
        "average": Schema(
            .number(Double(FeedbackAnswer.ratings.lowerBound)...Double(FeedbackAnswer.ratings.upperBound))
        ).nullable.about(tooFew),
        "ratings": .list(.count, limit: FeedbackAnswer.ratings.count).nullable.about(
            "How many chose each rating, from 1 to 5. \(tooFew)"),
        "differently": .list(.text, limit: Feedback.shownLimit).about(
            "What people will do differently, in no order of time or person; empty where fewer than \(Feedback.fewestShown) answered."
        ),
        "differently_total": .count.about("How many there are where not all are listed."),
        "quotes": .list(.object(["quote": .text, "role": .text]), limit: Feedback.shownLimit).about(
            "Those that may be published with the role and without the name."),
        "quotes_total": .count,
    ]).named("FeedbackSubject")

    fileprivate static let schema = Schema.object([
        "opens": .moment, "closes": .moment, "confirmed": Schema.count.about("How many people could answer."),
        "subjects": .list(subject).about("The day, then the sessions in the order of the programme."),
    ]).named("FeedbackResults")

    fileprivate var json: JSON {
        [
            "opens": JSON(event.ends), "closes": JSON(event.ends.adding(seconds: Feedback.openSeconds)),
            "confirmed": JSON(confirmed), "subjects": .list(subjects.map(\.json)),
        ]
    }
}

extension FeedbackResult {
    fileprivate var json: JSON {
        [
            "session": JSON(session?.slug), "answers": JSON(answers),
            "average": ratings?.average.map { .number($0) } ?? .null,
            "ratings": ratings.map { .list($0.counts.map { JSON($0) }) } ?? .null,
            "differently": .list(differences.map(JSON.text)), "differently_total": JSON(differenceCount),
            "quotes": .list(quotes.map { ["quote": .text($0.text), "role": .text($0.role)] }),
            "quotes_total": JSON(quoteCount),
        ]
    }
}
