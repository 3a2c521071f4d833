public import Registration
internal import Secrets
internal import Storage

/// That somebody was there, from scans at points that admitted them, then or before.
public struct Certificate: Sendable {
    public var event: Event
    public var attendee: Attendee
    /// Moments in the days on which the person was there, one for each day of the event's zone, in their order.
    public var days: [Timestamp]
    /// Those whose room admitted the person, in the order of the programme; breaks are left out.
    public var sessions: [Session]
    /// What shows that it is genuine, in groups for people to type: `K7QX2M4P-4HTM-9XQ2-B7RC`.
    public var code: String
}

public enum CertificateOutcome: Sendable {
    case issued(Certificate)
    /// The event is not over.
    case notYet(ends: Timestamp)
    /// No scan admitted the person, at the entrance or at a room.
    case neverAdmitted
    /// The registration waits or was cancelled.
    case notConfirmed
    case unknownAttendee
}

extension FrontOfHouse {
    /// The certificate of somebody's attendance, or why there is none.
    public func certificate(event slug: String, reference: Reference) async throws -> CertificateOutcome {
        let now = now
        let found = try await store.read { snapshot -> CertificateOutcome in
            guard let attendee = try snapshot.findAttendee(reference),
                let event = try snapshot.findEvent(attendee.event), event.slug == slug
            else { return .unknownAttendee }
            return try snapshot.certificate(of: attendee, at: event, now: now)
        }
        guard case .issued(var certificate) = found else { return found }
        certificate.code = CertificateCode(certificate, links).text
        return .issued(certificate)
    }
}

extension Reading {
    /// Without its code, which the keys of the front of house make.
    func certificate(of attendee: Attendee, at event: Event, now: Timestamp) throws -> CertificateOutcome {
        guard attendee.status == .confirmed else { return .notConfirmed }
        guard now >= event.ends else { return .notYet(ends: event.ends) }
        let admissions = try admissions(of: attendee.id)
        guard !admissions.isEmpty else { return .neverAdmitted }
        let sessions = Dictionary(uniqueKeysWithValues: try sessions(of: event.id).map { ($0.id, $0) })
        let attended = admissions.compactMap { $0.session.flatMap { sessions[$0] } }
        let again = try repeatedScans(of: attendee.id).filter { event.doorsOpen..<event.doorsClose ~= $0.at }
        let moments = (admissions + again).map { scan in
            AttendedMoment(sessionStarts: scan.session.flatMap { sessions[$0] }?.starts, at: scan.at)
        }
        return .issued(
            Certificate(
                event: event, attendee: attendee, days: LocalTime(event).attendedDays(moments),
                sessions: attended.filter { $0.kind != .pause }.inOrder, code: ""))
    }
}
