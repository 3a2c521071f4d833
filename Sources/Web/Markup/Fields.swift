/// One thing that stands in the way of a form, and the field that would mend it.
struct FieldProblem: Equatable {
    /// The `id` of the field, or nil where no field can mend it.
    var field: String?
    var sentence: String
    /// The address behind “write to us” in the sentence; empty where nobody is known.
    var contact = ""

    var words: HTML { inviting(sentence, to: contact) }
}

extension [FieldProblem] {
    func sentence(for field: String) -> String? {
        first { $0.field == field }?.sentence
    }

    /// Those about the form as a whole, then the others as their fields follow each other on the page.
    func inOrder(of fields: [String]) -> [FieldProblem] {
        let places = Dictionary(zip(fields, 1...), uniquingKeysWith: { first, _ in first })
        return enumerated().sorted { one, other in
            let place = { (problem: FieldProblem) in problem.field.map { places[$0] ?? .max } ?? 0 }
            return (place(one.element), one.offset) < (place(other.element), other.offset)
        }.map(\.element)
    }

    /// What a refused form begins with: each problem, linked to its field. It takes the focus.
    var summary: HTML? {
        guard !isEmpty else { return nil }
        let lines = map { problem -> HTML in
            guard let field = problem.field else { return "<li><p>\(problem.words)</p></li>" }
            return "<li><a href=\"#\(field)\">\(problem.sentence)</a></li>"
        }
        return """
            <div class="problems" id="problems" role="alert" tabindex="-1" autofocus>
            <h2>\(count == 1 ? "There is a problem" : "There are \(count) problems")</h2>
            <ul>\(lines)</ul>
            </div>
            """
    }
}

/// A line or an area to type in, with its label, hint and what is wrong with it.
struct TextField {
    enum Kind: String {
        case text, email, password, search
        case area
    }

    var id: String
    var label: String
    var kind: Kind = .text
    var hint: String?
    var value = ""
    var autocomplete: String?
    var isRequired = false

    func html(_ problems: [FieldProblem] = []) -> HTML {
        let problem = problems.first { $0.field == id }
        let described = [hint.map { _ in "\(id)-hint" }, problem.map { _ in "\(id)-wrong" }]
            .compactMap(\.self).joined(separator: " ")
        let common: HTML = """
            \("autocomplete", is: autocomplete)\("aria-describedby", is: described.isEmpty ? nil : described)\
            \("aria-invalid", is: problem.map { _ in "true" })\("aria-required", is: isRequired ? "true" : nil)
            """
        return """
            <div class="field\(kind == .area ? "" : " field-mid")\(problem == nil ? "" : " has-problem")">
            <label for="\(id)">\(label)</label>
            \(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" as HTML })
            \(problem.map { TextField.wrong(id, $0.words) })
            \(kind == .area ? area(common) : line(common))
            </div>
            """
    }

    // The line end after <textarea> is dropped by browsers; without it one that was typed first would be.
    private func area(_ attributes: HTML) -> HTML {
        "<textarea id=\"\(id)\" name=\"\(id)\" rows=\"3\" dir=\"auto\"\(attributes)>\n\(value)</textarea>"
    }

    private func line(_ attributes: HTML) -> HTML {
        let direction = kind == .text || kind == .search ? "auto" : nil
        let spellcheck = kind == .text ? nil : "false"
        return """
            <input id="\(id)" name="\(id)" type="\(kind.rawValue)" value="\(value)"\
            \("dir", is: direction)\("spellcheck", is: spellcheck)\(attributes)>
            """
    }

    static func wrong(_ id: String, _ sentence: String?) -> HTML? {
        sentence.map { wrong(id, "\($0)" as HTML) }
    }

    private static func wrong(_ id: String, _ words: HTML) -> HTML {
        "<p class=\"wrong\" id=\"\(id)-wrong\"><span class=\"hidden\">Problem: </span>\(words)</p>"
    }
}
