import Badges
import Operations
import Registration

extension CertificateFields {
    /// - Parameter publicURL: where people reach the pages, without a slash at the end.
    init(_ certificate: Certificate, publicURL: String) {
        let (event, attendee) = (certificate.event, certificate.attendee)
        let page = publicURL + "/verify"
        self.init(
            name: attendee.name, event: event.title, venue: event.venue, dates: certificate.dates,
            reference: attendee.reference.description, verification: certificate.code,
            address: page.hasPrefix("https://") ? String(page.dropFirst(8)) : page,
            qr: "\(page)/\(certificate.code)")
        organisation = attendee.organisation
        role = attendee.role
        sessions = certificate.sessionLines
        contact = event.contact
    }
}
