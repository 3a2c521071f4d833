internal import Registration
internal import Storage

extension FrontOfHouse {
    /// Writes somebody a letter with the link to their own page, if they are registered with the address, or that they
    /// cancelled; whoever asks is not told whether they are.
    ///
    /// No address gets more of these letters than its limit, however many ask.
    public func sendLink(event slug: String, email: String) async throws {
        let now = now
        guard settings.letters, let address = EmailAddress(email),
            case .allowed = linkRequests.take("\(slug) \(address.key)", at: now)
        else { return }
        try await store.write { transaction in
            guard let event = try transaction.findEvent(slug), now < event.ends,
                let attendee = try transaction.findAttendee(with: address, event: event.id)
                    ?? transaction.findCancelledAttendee(with: address, event: event.id)
            else { return }
            try transaction.write(.link, to: attendee, of: event, at: now)
        }
    }
}
