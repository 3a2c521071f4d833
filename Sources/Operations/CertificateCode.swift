internal import Registration
internal import Secrets

/// A certificate's code as it is printed and as people type it.
///
/// It vouches for what is on the paper beside it. Whatever is corrected later – a name, a title, what was attended –
/// makes a certificate with another code, so that the page which looks at a code never says something else than the
/// paper, and no former name has to be kept for it.
struct CertificateCode: Equatable {
    let reference: Reference
    /// That the person was there, 6 characters of base 32.
    let seal: String
    /// That the certificate says what it says, 6 characters of base 32.
    let wordsSeal: String

    /// That of a certificate as it would be made now.
    init(_ certificate: Certificate, _ links: KeyedLink) {
        reference = certificate.attendee.reference
        seal = links.typedText(.certificate, of: certificate.attendee)
        wordsSeal = links.typedText(.certificateSaying(certificate.words), of: certificate.attendee)
    }

    /// Reads what somebody typed: spaces and hyphens anywhere, small letters. Nil if it can't be a code.
    init?(_ text: String) {
        guard text.utf8.count <= CertificateCode.typedLimit else { return nil }
        let characters = text.unicodeScalars.filter { !$0.properties.isDash && !$0.properties.isWhitespace }
        let plain = String(String.UnicodeScalarView(characters))
        guard plain.utf8.count == CertificateCode.length, plain.utf8.allSatisfy({ $0 < 0x80 }),
            let reference = Reference(plain.prefix(Reference.length))
        else { return nil }
        self.reference = reference
        seal = String(plain.dropFirst(Reference.length).prefix(KeyedLink.typedLength))
        wordsSeal = String(plain.suffix(KeyedLink.typedLength))
    }

    private static let typedLimit = 200
    private static let length = Reference.length + 2 * KeyedLink.typedLength

    var text: String {
        let seals = Array(seal + wordsSeal)
        let groups = stride(from: 0, to: seals.count, by: 4).map { start in
            String(seals[start..<min(start + 4, seals.count)])
        }
        return ([reference.description] + groups).joined(separator: "-")
    }
}

extension Certificate {
    /// All that the page which looks at a code shows of it, however that writes it.
    var words: String {
        let time = LocalTime(event)
        let attended = sessions.flatMap { [time.machine($0.starts), time.machine($0.ends), $0.title] }
        let fields =
            [attendee.name, event.title, event.venue] + days.map { String(time.machine($0).prefix(10)) }
        return (fields + attended).joined(separator: "\u{1F}")
    }
}
