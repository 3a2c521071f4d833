public import Operations

/// What the pages need to know besides what people can do.
public struct WebSettings: Sendable {
    /// How many registrations a minute an address may send, through the pages and the API together.
    public var registrations: RateLimit
    /// Makes somebody's badge as PDF, for them to print themselves.
    public var badge: @Sendable (RegisteredAttendee) async throws -> [UInt8]
    /// Makes a certificate of attendance as PDF.
    public var certificate: @Sendable (Certificate) async throws -> [UInt8]
    /// Told of every fault for which somebody was shown a page, with the request's id.
    public var noteFault: @Sendable (_ fault: any Error, _ request: String) -> Void

    public init(
        registrations: RateLimit, badge: @escaping @Sendable (RegisteredAttendee) async throws -> [UInt8],
        certificate: @escaping @Sendable (Certificate) async throws -> [UInt8],
        noteFault: @escaping @Sendable (_ fault: any Error, _ request: String) -> Void
    ) {
        self.registrations = registrations
        self.badge = badge
        self.certificate = certificate
        self.noteFault = noteFault
    }
}
