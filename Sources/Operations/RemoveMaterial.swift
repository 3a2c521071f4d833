public import Registration
internal import Storage

public enum RemoveMaterialOutcome: Sendable {
    case removed(Material)
    case unknownMaterial
}

extension FrontOfHouse {
    /// Takes a file or a link away from the attendees. Who is just downloading the file does not get its end.
    public func removeMaterial(event slug: String, _ id: MaterialID) async throws -> RemoveMaterialOutcome {
        let now = now
        let removed = try await store.write { transaction -> Material? in
            guard let event = try transaction.findEvent(slug),
                let material = try transaction.findMaterial(id), material.event == event.id,
                let session = try transaction.sessions(of: event.id).first(where: {
                    $0.id == material.session
                })
            else { return nil }
            switch material.content {
            case .file: try transaction.hideFile(id)
            case .link: try transaction.removeLink(id)
            }
            try transaction.record(.materialRemoved, material.detail(session), of: event.id, at: now)
            return material
        }
        guard let removed else { return .unknownMaterial }
        if case .file = removed.content { try await discard(id) }
        return .removed(removed)
    }
}
