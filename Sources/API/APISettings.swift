public import Operations

/// What the API needs to know besides what people can do.
public struct APISettings: Sendable {
    /// Where the API is mounted.
    public static let path = "/api/v1"

    /// How many registrations a minute an address may send without a token; the pages take from the same.
    public var registrations: RateLimit
    /// Whether people are registered for whoever asks without a token.
    public var registersWithoutToken: Bool
    /// Makes a certificate of attendance as PDF.
    public var certificate: @Sendable (Certificate) async throws -> [UInt8]
    /// Told of every fault for which somebody was sent a problem, with the request's id.
    public var noteFault: @Sendable (_ fault: any Error, _ request: String) -> Void

    public init(
        registrations: RateLimit, registersWithoutToken: Bool = true,
        certificate: @escaping @Sendable (Certificate) async throws -> [UInt8],
        noteFault: @escaping @Sendable (_ fault: any Error, _ request: String) -> Void
    ) {
        self.registrations = registrations
        self.registersWithoutToken = registersWithoutToken
        self.certificate = certificate
        self.noteFault = noteFault
    }
}
