public import Registration
internal import Storage

/// What the people of an event need, for those who prepare the day.
public struct NeedsList: Sendable {
    /// How many people are listed by name, and how many different dietary needs are.
    public static let limit = 2_000

    public var event: Event
    public var programme: Programme
    /// Without names: each need with how many people have it, the most frequent first.
    public var dietary: [(needs: String, people: Int)]
    /// Those with access needs, by name, with what they booked.
    public var access: [RegisteredAttendee]
    /// Whether there are more people with access needs than could be listed.
    public var isAccessCut: Bool
    /// Whether there are more different dietary needs than could be listed.
    public var isDietaryCut: Bool
    /// When the needs were deleted; nil while they are kept.
    public var purged: Timestamp?
}

extension FrontOfHouse {
    /// The needs of everybody who is confirmed; nil if there is no such event.
    public func needs(event slug: String) async throws -> NeedsList? {
        let found = try await store.read { snapshot -> FoundNeeds? in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let people = try snapshot.attendeesWithAccessNeeds(of: event.id, limit: NeedsList.limit + 1)
            let sessions = try snapshot.sessionsByID(of: event.id)
            return FoundNeeds(
                event: event, programme: Programme(try snapshot.offers(of: event.id)),
                dietary: try snapshot.dietaryNeeds(of: event.id, limit: NeedsList.limit + 1),
                access: try people.map { try snapshot.found($0, at: event, among: sessions) },
                purged: try snapshot.needsPurges().first { $0.event == event.id }?.purged)
        }
        return found.map { found in
            NeedsList(
                event: found.event, programme: found.programme,
                dietary: Array(found.dietary.prefix(NeedsList.limit)).merged,
                access: found.access.prefix(NeedsList.limit).map(registered),
                isAccessCut: found.access.count > NeedsList.limit,
                isDietaryCut: found.dietary.count > NeedsList.limit,
                // An event that was moved to a later day takes them again.
                purged: found.event.takesNeeds(at: now) ? nil : found.purged)
        }
    }
}

private struct FoundNeeds: Sendable {
    var event: Event
    var programme: Programme
    var dietary: [DietaryCount]
    var access: [FoundAttendee]
    var purged: Timestamp?
}

extension [DietaryCount] {
    /// What differs only in case, white space or a full stop at its end is one need, as it was typed most often.
    fileprivate var merged: [(needs: String, people: Int)] {
        var places: [String: Int] = [:]
        var merged: [(needs: String, people: Int)] = []
        for count in self {
            let words = count.needs.lowercased().split { $0.isWhitespace }.joined(separator: " ")
            let key = words.hasSuffix(".") ? String(words.dropLast()) : words
            if let place = places[key] {
                merged[place].people += count.people
            } else {
                places[key] = merged.count
                merged.append((count.needs, count.people))
            }
        }
        // Equal numbers stay in their order.
        return merged.enumerated().sorted { ($1.element.people, $0.offset) < ($0.element.people, $1.offset) }
            .map(\.element)
    }
}
