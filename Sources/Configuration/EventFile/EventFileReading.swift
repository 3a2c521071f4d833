extension EventFile {
    /// Reads a file; throws everything that is wrong with it.
    public init(path: String) throws(InvalidFile) {
        try self.init(readFile(path, limit: EventFile.sizeLimit), file: path)
    }

    /// Reads the bytes of a file, whose name is only told in what is thrown.
    public init(_ bytes: [UInt8], file: String) throws(InvalidFile) {
        guard bytes.count <= EventFile.sizeLimit else {
            let message = "is larger than \(EventFile.sizeLimit) bytes; nothing of it was taken"
            throw InvalidFile([Mistake(file: file, position: nil, message: message)])
        }
        let notes = ReadingNotes(file: file)
        let event = EventFile.read(try parseTOML(bytes, file: file), notes)
        try notes.throwIfAny()
        // Without a mistake noted nothing that is needed is absent.
        guard let event else { preconditionFailure("an event was left out without a mistake noted") }
        self = event
    }

    static func read(_ root: TOMLNode, _ notes: ReadingNotes) -> EventFile? {
        guard case .table(let entries) = root.value else { return nil }
        let reader = TableReader(entries, name: "", position: Position(line: 1, column: 1), notes: notes)
        for key in ["slug", "title", "time_zone", "starts", "ends", "capacity"] { reader.require(key) }
        let slug = reader.parsed("slug", as: parseSlug)
        let title = reader.title()
        let venue = reader.text("venue", limit: 200) ?? ""
        let zone = reader.parsed("time_zone") { name throws(InvalidText) in try EventZone(name) }
        let starts = reader.moment("starts", in: zone)
        let ends = reader.moment("ends", in: zone)
        let capacity = reader.integer("capacity", in: 1...capacityLimit)
        let contact = reader.parsed("contact", as: parseContact) ?? ""
        let summary = reader.text("summary", limit: 4_000, isProse: true) ?? ""
        let registrationOpens = reader.moment("registration_opens", in: zone)
        let registrationCloses = reader.moment("registration_closes", in: zone)
        let doorsOpen = reader.moment("doors_open", in: zone)
        let doorsClose = reader.moment("doors_close", in: zone)
        let changesClose = reader.moment("changes_close", in: zone)
        let listsClose = reader.moment("lists_close", in: zone)
        let needsPurged = reader.moment("needs_purged", in: zone)
        let asked = reader.tables("question", limit: questionLimit)
        let questions = asked.map { Question.read($0) }
        let programme = reader.tables("session", limit: sessionLimit)
        let sessions = programme.map { Session.read($0, zone: zone) }
        reader.finish()
        noteRepeatedSlugs(programme, sessions.map(\.slug))
        Question.noteRepeatedSlugs(asked, questions.map(\.slug))
        guard let zone, let starts, let ends else { return nil }
        reader.noteOrder("ends", ends, isAfter: starts, "the event's start")
        let event = EventFile(
            slug: slug ?? "", title: title ?? "", venue: venue, zone: zone, starts: starts, ends: ends,
            capacity: capacity ?? 0, contact: contact, summary: summary,
            registrationOpens: registrationOpens, registrationCloses: registrationCloses,
            doorsOpen: doorsOpen, doorsClose: doorsClose, changesClose: changesClose, listsClose: listsClose,
            needsPurged: needsPurged, sessions: sessions.compactMap(\.session),
            questions: questions.map(\.question))
        event.noteOrderOfPeriods(reader)
        for (reader, session) in zip(programme, sessions.map(\.session)) {
            if let session { event.noteOutside(session, reader) }
        }
        return event
    }

    private func noteOrderOfPeriods(_ reader: TableReader) {
        if let registrationOpens {
            let closes = registrationCloses ?? starts
            // Both at once is how an event is written that was over when it came: registration never was open.
            reader.noteOrder("registration_opens", registrationOpens, isAtMost: closes, "registration closes")
        }
        if let needsPurged, needsPurged < ends {
            reader.note(
                "needs_purged",
                "is \(needsPurged.wallClock), which is before the event ends, \(ends.wallClock)")
        }
        if doorsOpen != nil || doorsClose != nil, doorTimes.opens >= doorTimes.closes {
            let (key, words) =
                doorsClose == nil
                ? ("doors_open", "is to be before the event ends")
                : ("doors_close", "is to be after the doors open")
            reader.note(key, words)
        }
    }

    /// A session is on one of the event's days, in the event's zone.
    private func noteOutside(_ session: Session, _ reader: TableReader) {
        let midnight = WallClockTime(
            day: CalendarDay(number: ends.wallClock.day.number + 1), hour: 0, minute: 0)
        let days =
            starts.wallClock.day == ends.wallClock.day
            ? "\(starts.wallClock.day)" : "\(starts.wallClock.day) to \(ends.wallClock.day)"
        if session.starts.wallClock.day < starts.wallClock.day || session.starts.wallClock >= midnight {
            reader.note("starts", "is \(session.starts.wallClock), which is not on the event's days: \(days)")
        } else if session.ends.wallClock > midnight {
            reader.note("ends", "is \(session.ends.wallClock), which is after the event's days: \(days)")
        }
    }

    private static func noteRepeatedSlugs(_ readers: [TableReader], _ slugs: [String?]) {
        var lines: [String: Int] = [:]
        for (reader, slug) in zip(readers, slugs) {
            guard let slug else { continue }
            if slug == reservedSlug {
                reader.note("slug", "\"\(slug)\" is reserved: it names the event's own door")
            } else if let line = lines[slug] {
                reader.note("slug", "\"\(slug)\" is taken by the session at line \(line)")
            } else {
                lines[slug] = reader.position(of: "slug").line
            }
        }
    }

    private static func parseContact(_ text: String) throws(InvalidText) -> String {
        let sides = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.isEmpty || (sides.count == 2 && !sides[0].isEmpty && sides[1].contains(".")),
            text.utf8.count <= 254, !text.contains(where: { $0.isWhitespace || "<>\"".contains($0) })
        else { throw InvalidText("is not an e-mail address") }
        return text
    }
}

extension EventFile.Session {
    /// The slug apart from the session, so that a repeated one is told even if something else is wrong.
    static func read(_ reader: TableReader, zone: EventZone?) -> (slug: String?, session: Self?) {
        for key in ["slug", "title", "starts", "ends"] { reader.require(key) }
        let slug = reader.parsed("slug", as: parseSlug)
        let kind: Kind = reader.choice("kind") ?? .talk
        let title = reader.title()
        let speakers = reader.list("speakers", limit: 50) { text throws(InvalidText) in
            guard !text.isEmpty, text.count <= 200 else {
                throw InvalidText("has a speaker of no or more than 200 characters")
            }
            return text
        }
        let room = reader.text("room", limit: 120) ?? ""
        let starts = reader.moment("starts", in: zone)
        let ends = reader.moment("ends", in: zone)
        let capacity = reader.integer("capacity", in: 1...EventFile.capacityLimit)
        let abstract = reader.text("abstract", limit: 10_000, isProse: true) ?? ""
        let materials = reader.list("materials", limit: 50, as: parseWebAddress)
        reader.finish()
        guard let starts, let ends else { return (slug, nil) }
        reader.noteOrder("ends", ends, isAfter: starts, "the session's start")
        return (
            slug,
            Self(
                slug: slug ?? "", kind: kind, title: title ?? "", speakers: speakers ?? [], room: room,
                starts: starts, ends: ends, capacity: capacity, abstract: abstract,
                materials: materials ?? [])
        )
    }
}

extension TableReader {
    fileprivate func title() -> String? {
        let title = text("title", limit: 200)
        if title == "" { note("title", "is empty") }
        return title
    }

    /// A time of the event's zone, or with an offset of its own. Without a zone nothing more is noted, as the
    /// missing zone is.
    fileprivate func moment(_ key: String, in zone: EventZone?) -> Moment? {
        guard let node = node(key) else { return nil }
        do {
            switch node.value {
            case .localDateTime(let wallClock):
                try wallClock.checkYear()
                return try zone?.moment(wallClock)
            case .offsetDateTime(let wallClock, let offset):
                try wallClock.checkYear()
                return zone?.moment(milliseconds: wallClock.millisecondsAsUTC - Int64(offset) * 60_000)
            default:
                noteKind(
                    of: key, node, wanted: "a date with a time, such as 2024-12-04T09:15:00 without quotes")
            }
        } catch {
            note(key, "\(error)")
        }
        return nil
    }

    fileprivate func noteOrder(_ key: String, _ moment: Moment, isAfter other: Moment, _ name: String) {
        if moment <= other {
            note(key, "is \(moment.wallClock), which is not after \(name), \(other.wallClock)")
        }
    }

    fileprivate func noteOrder(_ key: String, _ moment: Moment, isAtMost other: Moment, _ name: String) {
        if moment > other {
            note(key, "is \(moment.wallClock), which is after \(name), \(other.wallClock)")
        }
    }
}

extension WallClockTime {
    func checkYear() throws(InvalidText) {
        let years = EventFile.years
        guard years.contains(day.year) else {
            throw InvalidText(
                "is in the year \(day.year); it must be from \(years.lowerBound) to \(years.upperBound)")
        }
    }
}
