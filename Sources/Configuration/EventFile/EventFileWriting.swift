extension EventFile {
    /// The file that makes this event when it is read; times are local to its zone.
    public var toml: String {
        var lines = [
            "slug = \(quoted(slug))", "title = \(quoted(title))", "venue = \(quoted(venue))",
            "time_zone = \(quoted(zone.name))", "starts = \(time(starts))", "ends = \(time(ends))",
            "capacity = \(capacity)", "contact = \(quoted(contact))", "summary = \(quoted(summary))",
        ]
        let optional = [
            ("registration_opens", registrationOpens), ("registration_closes", registrationCloses),
            ("doors_open", doorsOpen), ("doors_close", doorsClose), ("changes_close", changesClose),
            ("lists_close", listsClose), ("needs_purged", needsPurged),
        ]
        for case (let key, let moment?) in optional { lines.append("\(key) = \(time(moment))") }
        for question in questions { lines += ["", "[[question]]"] + self.lines(of: question) }
        for session in sessions { lines += ["", "[[session]]"] + self.lines(of: session) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of session: Session) -> [String] {
        var lines = [
            "slug = \(quoted(session.slug))", "kind = \(quoted(session.kind.rawValue))",
            "title = \(quoted(session.title))",
        ]
        if !session.speakers.isEmpty { lines.append("speakers = \(list(session.speakers))") }
        if !session.room.isEmpty { lines.append("room = \(quoted(session.room))") }
        lines += ["starts = \(time(session.starts))", "ends = \(time(session.ends))"]
        if let capacity = session.capacity { lines.append("capacity = \(capacity)") }
        if !session.abstract.isEmpty { lines.append("abstract = \(quoted(session.abstract))") }
        if !session.materials.isEmpty { lines.append("materials = \(list(session.materials))") }
        return lines
    }

    private func lines(of question: Question) -> [String] {
        var lines = [
            "slug = \(quoted(question.slug))", "label = \(quoted(question.label))",
            "kind = \(quoted(question.kind.rawValue))",
        ]
        if !question.choices.isEmpty { lines.append("choices = \(list(question.choices))") }
        if question.isRequired { lines.append("required = true") }
        if !question.hint.isEmpty { lines.append("hint = \(quoted(question.hint))") }
        return lines
    }

    /// As clocks show it; in UTC where that would be read as another moment, the first of two.
    private func time(_ moment: Moment) -> String {
        if zone.nearestMoment(moment.wallClock).milliseconds == moment.milliseconds {
            return moment.wallClock.description
        }
        return WallClockTime(millisecondsAsUTC: moment.milliseconds).description + "Z"
    }

    private func list(_ texts: [String]) -> String {
        "[\(texts.map(quoted).joined(separator: ", "))]"
    }

    /// A basic string of TOML (toml.io/en/v1.0.0#string).
    private func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
