import HTTP

/// What every answer tells the browser not to do, whatever a page holds.
struct SecurityHeaders {
    var isSecure: Bool

    static let contentPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")

    func add(to response: inout Response) {
        response.headers["Content-Security-Policy"] = SecurityHeaders.contentPolicy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if response.headers["Referrer-Policy"] == nil {
            response.headers["Referrer-Policy"] = "same-origin"
        }
        if response.headers["Cache-Control"] == nil { response.headers["Cache-Control"] = "no-store" }
        if isSecure {
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        }
    }
}
