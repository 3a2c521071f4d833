internal import Registration

/// What somebody has and waits for, as a form shows it: tells whether that has changed since.
public struct BookingsMark: Hashable, Sendable {
    /// The slugs in their order, with `~` before what is waited for and `+` behind where another place would be given
    /// up for it.
    public let text: String

    /// - Parameter text: a mark's own text, as a form brought it back; any other is no mark of anything.
    public init(_ text: String) { self.text = text }

    public init(_ bookings: [BookedSession]) {
        let parts = bookings.filter { $0.status != .cancelled }.map { booked in
            BookingsMark.part(
                booked.session.slug, waits: booked.status == .waiting, swaps: booked.swaps)
        }
        text = parts.sorted().joined(separator: " ")
    }

    /// What somebody would have if they got all that a change asks for.
    init(_ change: AttendeeChange) {
        let parts = (change.sessions ?? []).map { slug in
            BookingsMark.part(slug, waits: change.waitsFor.contains(slug), swaps: change.swaps == true)
        }
        text = parts.sorted().joined(separator: " ")
    }

    private static func part(_ slug: String, waits: Bool, swaps: Bool) -> String {
        waits ? "~\(slug)\(swaps ? "+" : "")" : slug
    }
}
