/// The rules of places and lists once more, as plainly as they can be written: replays an event's record in its
/// order and notes whatever in it breaks a rule. Nothing of Lanyard's own code is used here.
struct ReferenceModel {
    struct Session {
        let slug: String
        /// Minutes of the day.
        let starts: Int
        let ends: Int
        var capacity = 0

        func overlaps(_ other: Session) -> Bool { starts < other.ends && other.starts < ends }
    }

    struct Entry {
        let reference: String
        var swaps: Bool
    }

    /// What the record does not tell of somebody, and whoever sent the request knows.
    struct Request {
        let address: String
        let isByStaff: Bool
    }

    var sessions: [Session]
    var capacity = 0
    let requests: [String: Request]

    /// confirmed, waiting or cancelled.
    var status: [String: String] = [:]
    var confirmed = 0
    /// The event's own waiting list.
    var waiting: [String] = []
    /// Who has a place in a session, and who waits for one, oldest first.
    var booked: [String: [String]] = [:]
    var lists: [String: [Entry]] = [:]
    /// Whom nobody finds any more.
    var erased: Set<String> = []
    /// Who has the address at present.
    var holders: [String: String] = [:]

    private var isHeldByHand = false
    /// Of an event in UTC, so that it can be compared as text.
    private var listsClose = "9999"
    /// Whether nobody is promoted in the step that is replayed.
    var isHeld = false
    /// What is replayed.
    private var number = 0
    private var changed: String?

    /// What a registration had to be answered.
    private(set) var told: [String: Standing] = [:]
    /// What the changes of somebody's bookings had to be answered, in their order.
    private(set) var changes: [String: [Standing]] = [:]
    /// What somebody had at any time.
    private(set) var had: [String: Set<Standing>] = [:]
    private(set) var breaches: [String] = []

    init(sessions: [Session], requests: [String: Request]) {
        self.sessions = sessions
        self.requests = requests
    }

    mutating func breach(_ rule: Int, _ text: String) {
        breaches.append("activity \(number), rule \(rule): \(text)")
    }

    mutating func replay(_ activity: Activity) {
        // Promotions belong to the step before them, which is over where something else begins; what staff give is a
        // step of its own.
        let begins = activity.kind != "promoted" || activity.detail.byHand
        if begins { settle() }
        if activity.number != number + 1 { breach(9, "followed by \(activity.number)") }
        number = activity.number
        if activity.kind == "imported" { read(activity.detail) }
        if activity.kind == "lists-held" { isHeldByHand = true }
        if activity.kind == "lists-released" { isHeldByHand = false }
        if begins { isHeld = isHeldByHand || activity.at.prefix(19) >= listsClose.prefix(19) }
        carryOut(activity)
        if let reference = activity.detail.reference {
            had[reference, default: []].insert(standing(of: reference).withoutPositions)
        }
    }

    /// Called once more at the end of the record.
    mutating func settle() {
        if let changed { changes[changed, default: []].append(standing(of: changed)) }
        changed = nil
        if !isHeld { checkNothingIsLeft() }
    }

    private mutating func carryOut(_ activity: Activity) {
        let detail = activity.detail
        switch activity.kind {
        case "registered": register(detail)
        case "changed":
            change(detail)
            changed = detail.reference
        case "promoted":
            promote(detail)
            if detail.byHand { changed = detail.reference }
        case "cancelled": cancel(detail)
        case "erased": erase(detail)
        case "capacity-changed": setCapacity(detail.capacity ?? 0, of: detail.session)
        case "corrected":
            if detail.fields.contains("email") {
                breach(4, "an address was corrected, of which nothing is known")
            }
        case "imported", "lists-held", "lists-released": break
        default: breach(9, "“\(activity.kind)” is unknown")
        }
    }

    private mutating func read(_ detail: Activity.Detail) {
        let before = capacity
        capacity = detail.capacity ?? 0
        // An import lowers nothing below what is taken, and leaves what was forced as it is.
        if confirmed > capacity, capacity != before {
            breach(1, "the event has \(confirmed) and is imported with \(capacity)")
        }
        listsClose = detail.listsClose ?? "9999"
        for (slug, capacity) in detail.capacities { setCapacity(capacity, of: slug) }
    }

    /// It may be forced below what is booked; without a session it is the event's.
    private mutating func setCapacity(_ capacity: Int, of slug: String?) {
        guard let slug else {
            self.capacity = capacity
            return
        }
        for index in sessions.indices where sessions[index].slug == slug {
            sessions[index].capacity = capacity
        }
    }

    mutating func tell(_ reference: String) { told[reference] = standing(of: reference) }
}
