public import Registration
internal import Storage

public struct EventSummary: Sendable {
    public var event: Event
    public var places: Places
}

/// An event with its sessions and check-in points.
public struct EventProgramme: Sendable {
    public var event: Event
    public var places: Places
    public var programme: Programme
    public var points: [CheckInPoint]
}

extension FrontOfHouse {
    /// Every event, in the order in which they start.
    public func events() async throws -> [EventSummary] {
        try await store.read { snapshot in
            try snapshot.events().map { EventSummary(event: $0, places: try snapshot.places(of: $0.id)) }
        }
    }

    /// The event alone; nil if there is none of that name.
    public func event(_ slug: String) async throws -> Event? {
        try await store.read { try $0.findEvent(slug) }
    }

    public func programme(event slug: String) async throws -> EventProgramme? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            return EventProgramme(
                event: event, places: try snapshot.places(of: event.id),
                programme: Programme(try snapshot.offers(of: event.id)),
                points: try snapshot.points(of: event.id))
        }
    }
}
