internal import Registration
internal import Storage

/// Whom reception looked for.
public struct FoundPeople: Sendable {
    /// In the order of their names.
    public var people: [RegisteredAttendee]
    /// Whether there are more.
    public var isCut: Bool
    /// Whether nobody is called that, and these are called nearly so.
    public var isGuess: Bool
}

extension FrontOfHouse {
    /// Finds people by words of their name, organisation and e-mail address, or by how their reference begins; where
    /// that finds nobody, by the first letters of each word. Nil if there is no such event.
    ///
    /// - Parameter limit: at most this many, 1 to 1,000.
    public func findPeople(event slug: String, _ text: String, limit: Int) async throws -> FoundPeople? {
        let search = text.trimmed
        let found = try await store.read { snapshot -> ([FoundAttendee], isGuess: Bool)? in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let (people, isGuess) = try snapshot.people(called: search, at: event.id, limit: limit + 1)
            let sessions = try snapshot.sessionsByID(of: event.id)
            return (try people.map { try snapshot.found($0, at: event, among: sessions) }, isGuess)
        }
        return found.map { found, isGuess in
            FoundPeople(
                people: found.prefix(limit).map(registered), isCut: found.count > limit, isGuess: isGuess)
        }
    }
}

extension Reading {
    fileprivate func people(
        called text: String, at event: EventID, limit: Int
    ) throws -> ([Attendee], isGuess: Bool) {
        let words = SearchWords(text)
        guard !words.words.isEmpty else { return ([], false) }
        var people = try attendees(of: event, search: words, limit: limit)
        // Most beginnings of references look like no word, but `ADAM` could be one: names go first.
        if people.isEmpty || text.utf8.contains(where: { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let beginning = ReferenceBeginning(text)
        {
            let byReference = try attendees(of: event, reference: beginning, limit: limit)
            let known = Set(byReference.map(\.id))
            people = byReference + people.filter { !known.contains($0.id) }
        }
        guard people.isEmpty else { return (people, false) }
        return (try attendees(of: event, search: .beginnings(of: text), limit: limit), true)
    }
}
