public import Registration
internal import Secrets
internal import Storage

public enum SignInOutcome: Sendable {
    /// The token goes into a cookie; only a hash of it is kept.
    case signedIn(StaffMember, token: String)
    /// The address or the password is wrong; which one is not told.
    case wrong
    case tooMany(retryAfterSeconds: Int)
}

extension FrontOfHouse {
    /// Signs a member of staff in.
    ///
    /// - Parameter client: what stands for the client that the attempt comes from, who is limited as the account is.
    ///   A client that has signed in to the account before has a share of the account's attempts for itself, so
    ///   that strangers who use up the others' keep nobody out.
    public func signIn(email: String, password: String, from client: String) async throws -> SignInOutcome {
        let now = now
        let address = EmailAddress(email)
        if case .refused(let seconds) = signInLimits.take(client: client, at: now) {
            return .tooMany(retryAfterSeconds: seconds)
        }
        let (account, isFamiliar) = try await familiarAccount(of: address, for: client)
        if let address,
            case .refused(let seconds) = signInLimits.take(
                account: address.key, from: isFamiliar ? client : nil, at: now)
        {
            return .tooMany(retryAfterSeconds: seconds)
        }
        let hash = account.map { PasswordHash(text: $0.passwordHash) }
        let check = try await passwords.check(password, against: hash)
        guard check.isRight, let account, let address else { return .wrong }
        let token = random.token()
        let expires = expiry(of: now, at: now)
        let isStarted = try await store.write { transaction in
            // A new password ends all sign-ins, and so also one whose password was just being checked.
            guard try transaction.findStaff(address)?.passwordHash == account.passwordHash else {
                return false
            }
            if let renewed = check.renewed {
                try transaction.renewPasswordHash(renewed.text, of: account.member.id)
            }
            try transaction.startStaffSession(
                of: account.member.id, tokenHash: TokenHash(of: token).text, at: now, expires: expires)
            try transaction.rememberSignIn(of: account.member.id, from: client, at: now)
            return true
        }
        return isStarted ? .signedIn(account.member, token: token) : .wrong
    }

    /// The account with this address, and whether the client has signed in to it before.
    private func familiarAccount(
        of address: EmailAddress?, for client: String
    ) async throws -> (account: StaffAccount?, isFamiliar: Bool) {
        guard let address else { return (nil, false) }
        return try await store.read { snapshot in
            guard let account = try snapshot.findStaff(address) else { return (nil, false) }
            return (account, try snapshot.hasSignedIn(account.member.id, from: client))
        }
    }

    /// The session that a cookie's token stands for, if it goes on; being used puts off its end, but not for
    /// ever.
    public func staffSession(token: String) async throws -> StaffSession? {
        let now = now
        guard let found = try await findStaffSession(token: token) else { return nil }
        guard now.milliseconds(since: found.seen) >= 60_000 else { return found }
        let expires = expiry(of: found.started, at: now)
        try await store.write { try $0.extendStaffSession(found.id, seen: now, expires: expires) }
        return found
    }

    /// The same without putting off its end: for what an open page asks by itself, while nobody uses it.
    public func findStaffSession(token: String) async throws -> StaffSession? {
        let now = now
        let hash = TokenHash(of: token).text
        return try await store.read { try $0.findStaffSession(tokenHash: hash, now: now) }
    }

    /// When a session ends that began at `started` and is used now.
    private func expiry(of started: Timestamp, at now: Timestamp) -> Timestamp {
        min(
            now.adding(seconds: settings.staffSessionSeconds),
            started.adding(seconds: settings.longestStaffSessionSeconds))
    }

    /// Every sign-in that goes on, newest first.
    public func staffSessions() async throws -> [StaffSession] {
        let now = now
        return try await store.read { try $0.staffSessions(now: now) }
    }

    /// Ends a sign-in, at once and for good; whether there was one to end.
    ///
    /// - Parameter staff: whose it must be; nil for anybody's, which is the right of admins.
    public func revokeStaffSession(_ id: Int64, of staff: StaffID?) async throws -> Bool {
        let now = now
        return try await store.write { try $0.revokeStaffSession(id, of: staff, at: now) }
    }

    /// What a form of this session carries, so that no other site can send it.
    public func formToken(session: String) -> String {
        forms.text(session: session)
    }

    public func isFormToken(_ text: String, session: String) -> Bool {
        forms.matches(text, session: session)
    }
}

/// How often may be tried to sign in, from one address and to one account.
struct SignInLimits: Sendable {
    private let clients: RateLimit
    private let accounts: RateLimit

    init(perMinute: Int) {
        clients = RateLimit(perMinute: perMinute)
        accounts = RateLimit(perMinute: perMinute)
    }

    func take(client: String, at now: Timestamp) -> RateLimit.Decision {
        clients.take(client, at: now)
    }

    /// - Parameter client: who has a share of its own; nil for the share of all strangers.
    func take(account: String, from client: String?, at now: Timestamp) -> RateLimit.Decision {
        // No address has a line break in it.
        accounts.take(client.map { "\(account)\n\($0)" } ?? account, at: now)
    }
}
