import HTTP
import Secrets

/// A browser that nobody has signed in on, known by a cookie that does nothing but tie its forms to it.
struct Visitor {
    let name: String
    private let isNew: Bool

    /// Long enough for a form that is left open over a holiday.
    private static let ageSeconds = 30 * 86_400

    init(_ request: Request, isSecure: Bool) {
        if let cookie = request.cookie(Visitor.cookieName(isSecure)), Visitor.isName(cookie) {
            name = cookie
            isNew = false
        } else {
            name = RandomSource().token()
            isNew = true
        }
    }

    /// Gives the browser its cookie, if it has none yet.
    func introduce(to response: inout Response, isSecure: Bool) {
        guard isNew else { return }
        response.set(
            Cookie(
                Visitor.cookieName(isSecure), name, maxAgeSeconds: Visitor.ageSeconds, isSecure: isSecure))
    }

    // With the prefix no neighbouring host can set the cookie (RFC 6265bis, 4.1.3.2); it needs TLS.
    static func cookieName(_ isSecure: Bool) -> String {
        isSecure ? "__Host-lanyard-form" : "lanyard-form"
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            }
    }
}
