internal import Registration

/// One kind of letter as its file says it: a subject, and lines that are text or say what becomes of others.
struct LetterTemplate: Sendable {
    var subject: Phrase
    var body: [Node]

    /// Words with fields among them.
    struct Phrase: Sendable {
        enum Part: Sendable {
            case words(String)
            case field(LetterField)
        }

        var parts: [Part]
    }

    /// A line of the body, or several.
    indirect enum Node: Sendable {
        case blank
        case line(Phrase)
        /// A line that begins with `- `.
        case item(Phrase)
        /// A line that ends with the address of a page, and the words before it.
        case link(Phrase, to: LetterField)
        /// The QR code.
        case code
        /// Lines that are there, or not, where something is.
        case when(Condition, isThere: Bool, [Node])
        /// Lines for each session of a list.
        case each(LetterList, [Node])
    }

    enum Condition: Sendable {
        /// Whether the attendee has a place at the event.
        case coming
        /// Whether the attendee has a place at the event, or had one until they cancelled.
        case held
        /// Whether the registration is cancelled.
        case cancelled
        /// Whether people can register when the letter is sent.
        case open
        /// Whether a place was gained or given up.
        case moved
        /// Whether the attendee newly wants, or no longer wants, to give up a booking for what they wait for.
        case swaps, stays
        /// Whether the list has any.
        case has(LetterList)

        init?(_ word: Substring) {
            switch word {
            case "coming": self = .coming
            case "held": self = .held
            case "cancelled": self = .cancelled
            case "open": self = .open
            case "moved": self = .moved
            case "swaps": self = .swaps
            case "stays": self = .stays
            default:
                guard let list = LetterList(rawValue: String(word)) else { return nil }
                self = .has(list)
            }
        }

        static let words =
            ["coming", "held", "cancelled", "open", "moved", "swaps", "stays"]
            + LetterList.allCases.map(\.rawValue)
    }
}

/// A line of a letter with its fields filled in.
enum LetterLine: Sendable {
    /// What the template says, or what a field stands for.
    enum Piece: Sendable {
        case words(String)
        case value(FieldValue)

        var text: String {
            switch self {
            case .words(let text): text
            case .value(let value): value.text
            }
        }
    }

    case blank
    case line([Piece])
    case item([Piece])
    case link([Piece], to: String)
    case code
}

extension LetterTemplate {
    /// The subject and the lines of a letter.
    func fill(_ fields: LetterFields) -> (subject: String, lines: [LetterLine]) {
        let subject = LetterTemplate.fill(subject, fields, [:]).map(\.text).joined()
        return (subject, LetterTemplate.lines(of: body, fields, [:]))
    }

    private static func lines(
        of nodes: [Node], _ fields: LetterFields, _ item: LetterFields.Item
    ) -> [LetterLine] {
        nodes.flatMap { node -> [LetterLine] in
            switch node {
            case .blank: [.blank]
            case .line(let phrase): [.line(fill(phrase, fields, item))]
            case .item(let phrase): [.item(fill(phrase, fields, item))]
            case .link(let phrase, let field):
                fields[field].map { [.link(fill(phrase, fields, item), to: $0.text)] } ?? []
            // Whoever has no place is not let in by one.
            case .code: fields.isComing ? [.code] : []
            case .when(let condition, let isThere, let nodes):
                holds(condition, fields) == isThere ? lines(of: nodes, fields, item) : []
            case .each(let list, let nodes): fields.list(list).flatMap { lines(of: nodes, fields, $0) }
            }
        }
    }

    private static func holds(_ condition: Condition, _ fields: LetterFields) -> Bool {
        switch condition {
        case .coming: fields.isComing
        case .held: fields.isHeld
        case .cancelled: fields.isCancelled
        case .open: fields.isRegistrationOpen
        case .moved: fields.isMoved
        case .swaps: fields.swaps == true
        case .stays: fields.swaps == false
        case .has(let list): !fields.list(list).isEmpty
        }
    }

    private static func fill(
        _ phrase: Phrase, _ fields: LetterFields, _ item: LetterFields.Item
    ) -> [LetterLine.Piece] {
        phrase.parts.compactMap { part in
            switch part {
            case .words(let words): .words(words)
            case .field(let field): (item[field] ?? fields[field]).map(LetterLine.Piece.value)
            }
        }
    }
}
