public import Operations

/// What the API needs to know besides what people can do.
public struct APISettings: Sendable {
    /// Where the API is mounted.
    public static let path = "/api/v1"

    /// How many registrations a minute an address may send without a token; the pages take from the same.
    public var registrations: RateLimit
    /// Told of every fault for which somebody was sent a problem, with the request's id.
    public var noteFault: @Sendable (_ fault: any Error, _ request: String) -> Void

    public init(
        registrations: RateLimit,
        noteFault: @escaping @Sendable (_ fault: any Error, _ request: String) -> Void
    ) {
        self.registrations = registrations
        self.noteFault = noteFault
    }
}
