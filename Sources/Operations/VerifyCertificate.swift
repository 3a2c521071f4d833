internal import Registration
internal import Secrets
internal import Storage

public enum CertificateCheck: Sendable {
    case valid(Certificate)
    /// Such a certificate was made, and something on it was corrected since; what it says now is not told to
    /// whoever has the old one. Also what a slip in the code's last characters looks like.
    case outdated
    /// Nobody has such a certificate; why, or whether the reference is somebody's, is not told.
    case notValid
    case tooMany(retryAfterSeconds: Int)
}

extension FrontOfHouse {
    /// Whether a code is a certificate's, and what the certificate says.
    ///
    /// - Parameters:
    ///   - typed: as somebody read it from paper.
    ///   - client: what stands for the client who asks; each may ask `checksPerSignIn` times as often as it may try to
    ///     sign in, since an employer may have a pile of them. At 60 a minute each of the code's two seals of 30 bits
    ///     takes 17 years to guess on average, and a certificate is told to whoever has both.
    public func verifyCertificate(_ typed: String, from client: String) async throws -> CertificateCheck {
        let now = now
        if case .refused(let seconds) = certificateChecks.take(client, at: now) {
            return .tooMany(retryAfterSeconds: seconds)
        }
        guard let code = CertificateCode(typed) else { return .notValid }
        return try await store.read { [links] snapshot in
            guard let attendee = try snapshot.findAttendee(code.reference),
                links.matchesTyped(code.seal, .certificate, of: attendee),
                let event = try snapshot.findEvent(attendee.event),
                case .issued(var certificate) = try snapshot.certificate(of: attendee, at: event, now: now)
            else { return .notValid }
            guard links.matchesTyped(code.wordsSeal, .certificateSaying(certificate.words), of: attendee)
            else { return .outdated }
            certificate.code = CertificateCode(certificate, links).text
            return .valid(certificate)
        }
    }
}
