import HTTP
import Operations
import Registration

/// What somebody answered and agreed to, on their own page, where they change it.
struct ToldByAttendee {
    var form: OwnForm
    var answers: [AnsweredQuestion]
    var consents: [ConsentStatement]
    /// Whether answers can still be corrected.
    var canCorrect: Bool

    var html: HTML { "\(answered)\(OwnConsents(form: form, statements: consents).html)" }

    private var answered: HTML? {
        guard !answers.isEmpty else { return nil }
        return """
            <section class="stack" aria-labelledby="answers">
            <h2 id="answers">Your answers</h2>
            <dl class="facts">\(answers.map(line))</dl>
            \(when(canCorrect && answers.contains(where: \.isAsked), correcting))
            </section>
            """
    }

    private var correcting: HTML {
        """
        <div class="no-print"><a class="button button-quiet" href="\(form.path("/answers"))">Correct your answers</a></div>
        """
    }

    private func line(_ answered: AnsweredQuestion) -> HTML {
        "<div><dt>\(answered.question.label)</dt><dd class=\"prose\"><bdi>\(answered.words)</bdi></dd></div>"
    }
}

extension AnsweredQuestion {
    /// The answer as people read it.
    var words: String {
        switch answer {
        case .text(let text): text
        case .tick(let isTicked): isTicked ? "Yes" : "No"
        case nil: question.kind == .tick ? "No" : "No answer"
        }
    }
}

extension Site {
    func told(by form: OwnForm) async throws -> ToldByAttendee {
        let attendee = form.person.attendee
        return ToldByAttendee(
            form: form, answers: try await frontOfHouse.answers(of: attendee),
            consents: try await frontOfHouse.consents(of: attendee.id),
            canCorrect: form.closed(at: frontOfHouse.now) == nil)
    }
}
