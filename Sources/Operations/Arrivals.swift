public import Registration
internal import Storage

extension FrontOfHouse {
    /// When each of these attendees of one event was first admitted at its entrance; those who were not are
    /// left out.
    public func arrivals(of people: [RegisteredAttendee]) async throws -> [AttendeeID: Timestamp] {
        guard let event = people.first?.event.id else { return [:] }
        let attendees = people.map(\.attendee.id)
        return try await store.read { snapshot in
            let entrance = try snapshot.points(of: event).first { $0.slug == CheckInPoint.entrance }
            guard let entrance else { return [:] }
            var arrivals: [AttendeeID: Timestamp] = [:]
            for attendee in attendees {
                arrivals[attendee] = try snapshot.findAdmission(attendee, at: entrance.id)?.at
            }
            return arrivals
        }
    }
}
