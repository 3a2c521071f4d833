public import Registration
internal import Secrets
internal import Storage

public enum EraseOutcome: Sendable {
    case erased
    /// Nobody in the event has the reference, or whoever had it was erased before.
    case unknownAttendee
}

public enum OverwriteOutcome: Hashable, Sendable {
    /// What was deleted of so many people since the last time is in no part of the file any more.
    case overwritten(people: Int)
    /// Something was, and the file is larger than may be rewritten now.
    case tooLarge(bytes: Int)
}

extension FrontOfHouse {
    /// Erases a person from an event: cancels what they have, as `cancel` does but without a letter, and takes all
    /// that is personal out of the database. Scans, activity, bookings and ratings stay as those of nobody.
    ///
    /// From then on nobody has the reference, and the old badge and link open nothing. What the database's file
    /// still has in unused parts goes by ``overwriteErased()``.
    public func erase(event slug: String, reference: Reference) async throws -> EraseOutcome {
        let secret = Code.Secret(randomBytes: random.bytes(Code.Secret.byteCount))
        let now = now
        let writesLetters = settings.letters
        return try await store.write { transaction in
            guard let timetable = try transaction.timetable(of: slug),
                let attendee = try transaction.findAttendee(reference),
                attendee.event == timetable.event.id
            else { return .unknownAttendee }
            if attendee.status != .cancelled {
                try transaction.cancel(attendee, timetable, writesLetters: writesLetters, at: now)
            }
            // The letter that says so goes with all others to them.
            try transaction.erase(attendee.id, secret: secret, at: now)
            var detail = Detail()
            detail.add("reference", reference.description)
            try transaction.record(.erased, detail.json, of: timetable.event.id, at: now)
            return .erased
        }
    }

    /// Overwrites what the database's file and its log still have of people who were erased, and of needs that an older
    /// database kept beside names.
    ///
    /// It rewrites the whole file, for which everybody's writes wait, so nothing is done while an event's doors are
    /// open. A crash in between leaves a note, by which the next call goes on.
    ///
    /// - Parameter fileLimitBytes: a larger file is left as it is.
    @discardableResult
    public func overwriteErased(fileLimitBytes: Int = .max) async throws -> OverwriteOutcome {
        let now = now
        let (erased, bytes) = try await store.read { snapshot -> ([ErasedTrace], Int) in
            let isQuiet = try snapshot.events().allSatisfy { now < $0.doorsOpen || $0.doorsClose <= now }
            return (isQuiet ? try snapshot.erasedTraces() : [], try snapshot.fileBytes())
        }
        guard !erased.isEmpty else { return .overwritten(people: 0) }
        guard bytes <= fileLimitBytes else { return .tooLarge(bytes: bytes) }
        try await store.writeAnew()
        try await store.write { try $0.noteWrittenAnew(since: erased) }
        return .overwritten(people: erased.count)
    }
}
