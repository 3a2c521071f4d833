public import Registration
internal import Storage

/// What an event's sessions leave to their attendees.
public struct EventMaterials: Sendable {
    public var event: Event
    /// Every session, in the order of the programme.
    public var sessions: [SessionMaterials]
    /// What its files come to, those that are still arriving included.
    public var bytes: Int
}

public struct SessionMaterials: Sendable {
    public var session: Session
    /// In the order in which they were added; the links of the event's file are the session's own.
    public var materials: [Material]

    public var isEmpty: Bool { materials.isEmpty && session.materials.isEmpty }
}

/// A part of a file that was there is missing: it was taken out meanwhile, or the database is damaged.
public struct MaterialGone: Error, Hashable, Sendable {}

extension FrontOfHouse {
    /// Every session of an event with its materials; nil if there is no such event.
    public func materials(event slug: String) async throws -> EventMaterials? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug) else { return nil }
            let materials = Dictionary(grouping: try snapshot.materials(of: event.id), by: \.session)
            let sessions = try snapshot.sessions(of: event.id).inOrder.map {
                SessionMaterials(session: $0, materials: materials[$0.id] ?? [])
            }
            return EventMaterials(
                event: event, sessions: sessions, bytes: try snapshot.materialBytes(of: event.id))
        }
    }

    /// One material of an event; nil if it has none of that number.
    public func material(event slug: String, _ id: MaterialID) async throws -> Material? {
        try await store.read { snapshot in
            guard let event = try snapshot.findEvent(slug), let material = try snapshot.findMaterial(id),
                material.event == event.id
            else { return nil }
            return material
        }
    }

    /// Hands a file over piece by piece, each read when the one before it is taken.
    ///
    /// Throws `MaterialGone` where its end is missing.
    public func readFile(
        _ material: Material, into take: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        guard case .file(var left) = material.content else { return }
        var number = 0
        while left > 0 {
            let piece = try await store.read { [number] in try $0.chunk(number, of: material.id) }
            guard let piece, !piece.isEmpty else { throw MaterialGone() }
            left -= piece.count
            number += 1
            try await take(piece)
        }
    }
}
