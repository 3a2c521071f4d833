internal import CCurl
import Glibc

/// The names of domains as they are looked up.
enum DomainName {
    /// RFC 1035, section 2.3.4.
    private static let limit = 253

    /// The name in ASCII, one in other letters as IDNA writes it; nil for what can't be a name.
    ///
    /// The corresponding C function is `curl_url_get` with `CURLU_PUNYCODE`.
    static func ascii(_ name: String) -> String? {
        let converted = name.utf8.allSatisfy { $0 < 0x80 } ? name : punycode(name)
        guard let converted, converted.utf8.count <= limit else { return nil }
        let labels = converted.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(isLetterDigitHyphen)
        }
        return areLabels ? converted : nil
    }

    private static func isLetterDigitHyphen(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func punycode(_ name: String) -> String? {
        // libidn2 reads names in the thread's own encoding.
        guard let unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return nil }
        let before = uselocale(unicode)
        defer {
            uselocale(before)
            freelocale(unicode)
        }
        guard let address = curl_url() else { return nil }
        defer { curl_url_cleanup(address) }
        guard curl_url_set(address, CURLUPART_SCHEME, "smtp", 0) == CURLUE_OK,
            curl_url_set(address, CURLUPART_HOST, name, 0) == CURLUE_OK
        else { return nil }
        var host: UnsafeMutablePointer<CChar>?
        guard curl_url_get(address, CURLUPART_HOST, &host, UInt32(CURLU_PUNYCODE)) == CURLUE_OK, let host
        else { return nil }
        defer { curl_free(host) }
        return String(cString: host)
    }
}
