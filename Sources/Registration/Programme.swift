/// The sessions of an event in the order in which they start, each with its places.
public struct Programme: Sendable {
    public struct Offer: Hashable, Sendable {
        public var session: Session
        public var places: Places

        public init(session: Session, places: Places) {
            self.session = session
            self.places = places
        }
    }

    public let offers: [Offer]

    /// Sorts the offers by start, then as they came into the event.
    public init(_ offers: [Offer]) {
        self.offers = offers.sorted {
            ($0.session.starts, $0.session.id) < ($1.session.starts, $1.session.id)
        }
    }

    public subscript(slug: String) -> Offer? {
        offers.first { $0.session.slug == slug }
    }

    public subscript(id: SessionID) -> Offer? {
        offers.first { $0.session.id == id }
    }

    /// The bookable sessions in groups: two that overlap stand in the same group, directly or through others.
    public var blocks: [[Offer]] {
        var blocks: [[Offer]] = []
        var end: Timestamp?
        for offer in offers where offer.session.isBookable {
            if let latest = end, offer.session.starts < latest {
                blocks[blocks.count - 1].append(offer)
                end = max(latest, offer.session.ends)
            } else {
                blocks.append([offer])
                end = offer.session.ends
            }
        }
        return blocks
    }
}
