import Operations
import Registration

/// Draws one picture of an event for all who follow it, however many there are and however much happens.
actor LivePictures {
    /// Drawn at most this often, so that a stampede at the doors costs no more than a trickle.
    static let pauseMilliseconds: Int64 = 200

    struct Drawn: Sendable {
        var html: HTML
        /// The newest activity that is in it.
        var activity: Int64
    }

    private let frontOfHouse: FrontOfHouse
    private var drawn: [String: Drawn] = [:]
    private var drawing: [String: Task<Drawn?, any Error>] = [:]
    private var lastBegan: [String: ContinuousClock.Instant] = [:]

    init(_ frontOfHouse: FrontOfHouse) {
        self.frontOfHouse = frontOfHouse
    }

    /// A picture in which the activity with this number is counted; nil if there is no such event.
    func picture(event slug: String, atLeast activity: Int64) async throws -> Drawn? {
        while true {
            if let drawn = drawn[slug], drawn.activity >= activity { return drawn }
            if let drawing = drawing[slug] {
                guard let fresh = try await drawing.value else { return nil }
                if fresh.activity >= activity { return fresh }
                continue
            }
            let task = Task { try await draw(slug) }
            drawing[slug] = task
            guard try await task.value != nil else { return nil }
        }
    }

    private func draw(_ slug: String) async throws -> Drawn? {
        defer { drawing[slug] = nil }
        if let last = lastBegan[slug] {
            try await Task.sleep(
                until: last + .milliseconds(LivePictures.pauseMilliseconds), clock: .continuous)
        }
        lastBegan[slug] = .now
        guard let picture = try await frontOfHouse.livePicture(event: slug) else { return nil }
        let fresh = Drawn(html: picture.html, activity: picture.attendance.activity)
        drawn[slug] = fresh
        return fresh
    }
}
