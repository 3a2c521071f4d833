import Operations
import Registration

/// People of the sample event, so that its desk, lists and live page have something to show.
struct DemoAttendees {
    private let front: FrontOfHouse
    private let event: String

    init(_ front: FrontOfHouse, event: String) {
        self.front = front
        self.event = event
    }

    /// Registers them, and lets the first in, where nobody is registered yet.
    func registerFirst() async throws {
        guard try await people().isEmpty else { return }
        for (number, person) in DemoAttendees.first.enumerated() {
            let outcome = try await front.register(person, event: event, byStaff: true)
            guard case .registered(let registered) = outcome, number < DemoAttendees.arrived else { continue }
            _ = try await front.checkIn(
                ScanRequest(
                    text: registered.attendee.code.description,
                    point: PointAddress(event: event, point: CheckInPoint.entrance), door: "north"))
        }
    }

    /// The code of somebody who is not in yet, else of anybody; nil where nobody is registered.
    func nextCode() async throws -> String? {
        let confirmed = try await people().filter { $0.attendee.status == .confirmed }
        let arrivals = try await front.arrivals(of: confirmed)
        let next = confirmed.first { arrivals[$0.attendee.id] == nil } ?? confirmed.first
        return next?.attendee.code.description
    }

    private func people() async throws -> [RegisteredAttendee] {
        try await front.attendees(event: event, limit: 100)?.items ?? []
    }

    private static let arrived = 2

    private static let first = [
        person("Ada Lovelace", "Oak Tree Surgery", "GP", "active-medicine", "active-practice"),
        person(
            "Élodie Bâ", "Riverside Physiotherapy", "Physiotherapist", "resources", "long-term-conditions"),
        person("Grace Okafor", "Hill Road Practice", "Practice nurse", "case-studies", "active-practice"),
        person("李小龙", "Active Hearts", "Social prescriber", "resources", "active-practice"),
        person("Siobhán O'Neill", "County Council", "Public health officer", "case-studies"),
        person("Tomasz Wójcik", "Green Gym", "Trainer", "active-medicine", "long-term-conditions"),
        person(
            "ليلى حداد", "St Albans Road Surgery", "Practice manager", "active-medicine", "active-practice"),
        person("Priya Raman", "Walking for Health", "Volunteer", "resources"),
    ]

    private static func person(
        _ name: String, _ organisation: String, _ role: String, _ sessions: String...
    ) -> RegistrationForm {
        let mailbox = organisation.lowercased().replacing(" ", with: ".")
        return RegistrationForm(
            name: name, email: "\(mailbox)@example.org", organisation: organisation, role: role,
            sessions: sessions)
    }
}
