public import Registration
internal import Storage

public enum AddMaterialOutcome: Sendable {
    case added(Material)
    /// Nothing was kept.
    case refused(MaterialRefusal)
}

/// Why a file or a link is not taken.
public enum MaterialRefusal: Error, Hashable, Sendable {
    case problem(MaterialProblem)
    case unknownSession
    case emptyFile
    case fileTooLarge
    /// The session has as many materials as it may.
    case sessionFull
    /// The event's files come to as much as they may.
    case eventFull
}

extension FrontOfHouse {
    /// How long a file of the largest size may take to arrive: 15 minutes, some 60 KB a second.
    public static let uploadSeconds = 15.0 * 60

    /// After how long without another byte a file that is half here will never be whole: longer than any upload
    /// may take.
    static let leftoverSeconds: Int64 = 4 * Int64(uploadSeconds)

    /// Adds a link for the attendees of a session.
    public func addLink(
        event slug: String, session: String, name: String, address: String
    ) async throws -> AddMaterialOutcome {
        let now = now
        do {
            let name = try Material.name(name)
            let address = try Material.address(address)
            return try await store.write { transaction in
                let (event, session) = try transaction.place(event: slug, session: session)
                guard try transaction.hasRoom(session, in: event) else { throw MaterialRefusal.sessionFull }
                let id = try transaction.addLink(
                    name, to: address, session: session.id, event: event, at: now)
                return .added(try transaction.recordAdded(id, to: session, at: now))
            }
        } catch let problem as MaterialProblem {
            return .refused(.problem(problem))
        } catch let refusal as MaterialRefusal {
            return .refused(refusal)
        }
    }

    /// Adds a file for the attendees of a session, or puts it in the place of the one that has its name there.
    ///
    /// It is kept in the database piece by piece as it arrives, and seen by nobody before all of it is on disk.
    ///
    /// - Parameters:
    ///   - sentName: what its sender calls it.
    ///   - next: answers the file's next bytes, nil at its end; what it throws is thrown on, and nothing is kept.
    public func addFile(
        event slug: String, session: String, name sentName: String,
        from next: @Sendable () async throws -> [UInt8]?
    ) async throws -> AddMaterialOutcome {
        let name: String
        do {
            name = try Material.fileName(sentName)
        } catch {
            return .refused(.problem(error))
        }
        try await discardLeftovers()
        var begun: MaterialID?
        do {
            let arriving = try await beginFile(name, event: slug, session: session)
            begun = arriving.id
            let rest = try await receive(arriving, from: next)
            let (added, replaced) = try await finish(arriving, rest)
            if let replaced { try await discard(replaced) }
            return .added(added)
        } catch {
            // If the disk is why, it can't be taken out either now; then it is a leftover.
            if let begun { try? await discard(begun) }
            guard let refusal = error as? MaterialRefusal else { throw error }
            return .refused(refusal)
        }
    }

    private func beginFile(_ name: String, event: String, session: String) async throws -> ArrivingFile {
        let now = now
        return try await store.write { transaction in
            let (event, session) = try transaction.place(event: event, session: session)
            let isReplacing = try transaction.findFile(name, session: session.id) != nil
            guard try isReplacing || transaction.hasRoom(session, in: event) else {
                throw MaterialRefusal.sessionFull
            }
            let id = try transaction.beginFile(name, session: session.id, event: event, at: now)
            return ArrivingFile(id: id, name: name, event: event, session: session)
        }
    }

    /// Keeps all whole pieces of the file, and answers what is left of it.
    private func receive(
        _ file: ArrivingFile, from next: @Sendable () async throws -> [UInt8]?
    ) async throws -> LastPiece {
        var (waiting, total, number) = ([UInt8](), 0, 0)
        while let bytes = try await next() {
            total += bytes.count
            guard total <= Material.fileBytesLimit else { throw MaterialRefusal.fileTooLarge }
            waiting += bytes
            while waiting.count >= MaterialChunk.bytes {
                let piece = Array(waiting.prefix(MaterialChunk.bytes))
                waiting.removeFirst(MaterialChunk.bytes)
                let now = now
                try await store.write { [number] in try $0.keep(piece, number: number, of: file, at: now) }
                number += 1
            }
        }
        guard total > 0 else { throw MaterialRefusal.emptyFile }
        return LastPiece(bytes: waiting, number: number)
    }

    /// Shows the file, and hides the one whose place it takes.
    private func finish(_ file: ArrivingFile, _ last: LastPiece) async throws -> (Material, MaterialID?) {
        let now = now
        return try await store.write { transaction in
            if !last.bytes.isEmpty {
                try transaction.keep(last.bytes, number: last.number, of: file, at: now)
            }
            let replaced = try transaction.findFile(file.name, session: file.session.id)
            if let replaced { try transaction.hideFile(replaced) }
            // The one that it was to replace may have been removed, and others added.
            let count = try transaction.countMaterials(of: file.session.id, in: file.event)
            guard count <= Material.sessionLimit else { throw MaterialRefusal.sessionFull }
            try transaction.finishFile(file.id, at: now)
            return (try transaction.recordAdded(file.id, to: file.session, at: now), replaced)
        }
    }

    /// Takes a file out, a few pieces in each transaction.
    func discard(_ id: MaterialID) async throws {
        try await store.write { try $0.hideFile(id) }
        while try await !store.write({ try $0.discard(id) }) {}
    }

    private func discardLeftovers() async throws {
        let before = now.adding(seconds: -FrontOfHouse.leftoverSeconds)
        for id in try await store.read({ try $0.leftoverMaterials(before: before) }) { try await discard(id) }
    }
}

/// A file that is on its way.
private struct ArrivingFile: Sendable {
    let id: MaterialID
    let name: String
    let event: EventID
    let session: Session
}

private struct LastPiece: Sendable {
    let bytes: [UInt8]
    let number: Int
}

extension Transaction {
    fileprivate func place(event slug: String, session: String) throws -> (EventID, Session) {
        guard let event = try findEvent(slug),
            let session = try sessions(of: event.id).first(where: { $0.slug == session })
        else { throw MaterialRefusal.unknownSession }
        return (event.id, session)
    }

    fileprivate func hasRoom(_ session: Session, in event: EventID) throws -> Bool {
        try countMaterials(of: session.id, in: event) < Material.sessionLimit
    }

    fileprivate func keep(_ bytes: [UInt8], number: Int, of file: ArrivingFile, at now: Timestamp) throws {
        try add(bytes, number: number, to: file.id, at: now)
        guard try materialBytes(of: file.event) <= Material.eventBytesLimit else {
            throw MaterialRefusal.eventFull
        }
    }

    fileprivate func recordAdded(_ id: MaterialID, to session: Session, at now: Timestamp) throws -> Material
    {
        guard let material = try findMaterial(id) else { throw MaterialGone() }
        try record(.materialAdded, material.detail(session), of: material.event, at: now)
        return material
    }
}

extension Material {
    /// Its name is what somebody typed, and stays out of the record.
    func detail(_ session: Session) -> String {
        var detail = Detail()
        detail.add("session", session.slug)
        detail.add("material", number: id.rawValue)
        return detail.json
    }
}
