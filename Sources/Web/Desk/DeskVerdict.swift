import Operations
import Registration

/// What the desk is told of a scan or a form, readable from across it, and what to do next.
struct DeskVerdict: Sendable {
    enum Kind: String {
        case admit, again, deny
    }

    var kind: Kind
    var word: String
    var name: String?
    var text: String
    /// For staff who have not met this before.
    var advice: HTML?

    var html: HTML {
        """
        <section class="verdict verdict-\(kind.rawValue)" role="alert" aria-label="Verdict">
        <p class="verdict-word">\(word)</p>
        \(name.map { "<p class=\"verdict-name\">\(person($0))</p>" as HTML })
        \(when(!text.isEmpty, "<p>\(text)</p>"))
        \(advice.map { "<p>\($0)</p>" as HTML })
        </section>
        """
    }
}

extension DeskVerdict {
    private static let keyboard: HTML = """
        the scanner is set to another keyboard language: search for the name, and tell whoever looks after \
        the scanner.
        """

    init(_ answer: ScanAnswer) {
        self.init(
            kind: DeskVerdict.kind(of: answer.verdict), word: DeskVerdict.word(for: answer.verdict),
            name: answer.name, text: answer.text, advice: DeskVerdict.advice(on: answer.verdict))
    }

    private static func kind(of verdict: Verdict) -> Kind {
        switch verdict {
        case .admit: .admit
        case .again: .again
        case .deny: .deny
        }
    }

    private static func word(for verdict: Verdict) -> String {
        switch verdict {
        case .admit: "Welcome"
        case .again: "Already in"
        case .deny: "Not admitted"
        }
    }

    private static func advice(on verdict: Verdict) -> HTML? {
        switch verdict {
        case .again:
            "If they only stepped out, let them in. If it is somebody else, ask for their name and search."
        case .deny(.unknownCode):
            "Scan it once more. If it is refused again, search for the name; it may be that \(keyboard)"
        case .deny(.replaced): "Ask for the newer badge."
        case .deny(.cancelled):
            "If they say it’s a mistake, register them anew or ask an organiser."
        case .deny(.otherEvent):
            """
            Look at the event named at the top of this page. Is this the right desk? \
            <a href="/desk">Choose another event</a>
            """
        default: nil
        }
    }

    static let garbled = DeskVerdict(
        kind: .deny, word: "Not read", text: "The scan did not come through. Scan it again.",
        advice: "If it goes on, \(keyboard)")

    /// For a form that came with a token of another sign-in.
    static let notCounted = DeskVerdict(kind: .deny, word: "Not counted", text: "Scan it again.")
    static let nothingChanged = DeskVerdict(
        kind: .deny, word: "Not done",
        text: "This page was opened under another sign-in. Press the button again.")

    static func full(_ places: Places) -> DeskVerdict {
        let capacity = places.capacity ?? 0
        return DeskVerdict(
            kind: .deny, word: "Full", text: "The event is full (\(places.confirmed) of \(capacity)).",
            advice: "An organiser can raise the capacity.")
    }

    /// For somebody who was registered at the desk and could not be let in with it.
    static func registered(_ attendee: Attendee, _ text: String) -> DeskVerdict {
        DeskVerdict(kind: .again, word: "Registered", name: attendee.name, text: text)
    }

    /// For somebody who waited. Not green: they may not have checked in yet.
    static func given(_ attendee: Attendee, _ words: String) -> DeskVerdict {
        DeskVerdict(kind: .again, word: "Place given", name: attendee.name, text: words)
    }

    static func alreadyGiven(_ attendee: Attendee, _ words: String) -> DeskVerdict {
        DeskVerdict(kind: .again, word: "Has a place", name: attendee.name, text: words)
    }

    static func notGiven(_ sentence: String) -> DeskVerdict {
        DeskVerdict(kind: .deny, word: "Not given", text: sentence)
    }
}
