public typealias StaffID = Identifier<StaffMember>

/// What somebody who signs in, or a program with a token, may do; each role may do what those before it may.
public enum Role: String, CaseIterable, Hashable, Comparable, Sendable {
    /// Looks people up, checks them in, prints badges.
    case reception
    /// Sees and changes everything of events.
    case organiser
    /// Also sees and revokes others' sessions.
    case admin

    public static func < (left: Role, right: Role) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .reception: 0
        case .organiser: 1
        case .admin: 2
        }
    }
}

/// A person who signs in.
public struct StaffMember: Hashable, Sendable {
    public var id: StaffID
    public var email: String
    public var role: Role

    public init(id: StaffID, email: String, role: Role) {
        self.id = id
        self.email = email
        self.role = role
    }
}

/// One sign-in of a member of staff, as long as it lasts.
public struct StaffSession: Hashable, Sendable {
    public var id: Int64
    public var member: StaffMember
    public var started: Timestamp
    /// When it was last used, to within a minute.
    public var seen: Timestamp
    public var expires: Timestamp

    public init(id: Int64, member: StaffMember, started: Timestamp, seen: Timestamp, expires: Timestamp) {
        self.id = id
        self.member = member
        self.started = started
        self.seen = seen
        self.expires = expires
    }
}

/// What a token of the API allows.
public struct TokenHolder: Hashable, Sendable {
    public var id: Int64
    public var role: Role
    /// The only event it is good for; nil for all.
    public var event: EventID?

    public init(id: Int64, role: Role, event: EventID?) {
        self.id = id
        self.role = role
        self.event = event
    }
}

/// A token as it is listed; what the token itself is, nobody knows any more.
public struct IssuedToken: Hashable, Sendable {
    public var id: Int64
    public var role: Role
    /// The slug of the only event it is good for; nil for all.
    public var event: String?
    public var created: Timestamp
    /// Nil while it is good.
    public var revoked: Timestamp?

    public init(id: Int64, role: Role, event: String?, created: Timestamp, revoked: Timestamp?) {
        self.id = id
        self.role = role
        self.event = event
        self.created = created
        self.revoked = revoked
    }
}
