public import Registration
internal import Secrets
internal import Storage

public enum AddStaffOutcome: Sendable {
    /// The password is shown this once; only a hash of it is kept.
    case added(StaffMember, password: String)
    /// The same for somebody who signed in before, and now has this role and password.
    case changed(StaffMember, password: String)
    case notAnAddress
}

extension FrontOfHouse {
    /// Adds a member of staff with a password made for them, or gives one who is there a new role and password,
    /// which ends all their sign-ins.
    public func addStaff(_ email: String, role: Role) async throws -> AddStaffOutcome {
        guard let address = EmailAddress(email) else { return .notAnAddress }
        let password = random.token(bits: 80)
        let hash = try await passwords.hash(password)
        let now = now
        let (member, isNew) = try await store.write { transaction in
            let isNew = try transaction.findStaff(address) == nil
            let member = try transaction.saveStaff(address, role: role, passwordHash: hash.text, at: now)
            try transaction.revokeStaffSessions(of: member.id, at: now)
            return (member, isNew)
        }
        return isNew ? .added(member, password: password) : .changed(member, password: password)
    }

    /// Whether somebody signs in with this address, role and password.
    public func hasStaff(_ email: String, role: Role, password: String) async throws -> Bool {
        guard let address = EmailAddress(email),
            let account = try await store.read({ try $0.findStaff(address) }), account.member.role == role
        else { return false }
        return try await passwords.check(password, against: PasswordHash(text: account.passwordHash)).isRight
    }

    /// Removes a member of staff and ends all their sign-ins; whether there was one to remove.
    public func removeStaff(_ email: String) async throws -> Bool {
        guard let address = EmailAddress(email) else { return false }
        return try await store.write { transaction in
            guard let account = try transaction.findStaff(address) else { return false }
            try transaction.remove(account.member.id)
            return true
        }
    }

    /// Everybody who signs in, in the order of their addresses.
    public func staff() async throws -> [StaffMember] {
        try await store.read { try $0.staff() }
    }
}
