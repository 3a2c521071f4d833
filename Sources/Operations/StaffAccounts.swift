public import Registration
internal import Secrets
internal import Storage

public enum AddStaffOutcome: Sendable {
    /// The password is shown this once; only a hash of it is kept.
    case added(StaffMember, password: String)
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
        let member = try await store.write { transaction in
            let member = try transaction.saveStaff(address, role: role, passwordHash: hash.text, at: now)
            try transaction.revokeStaffSessions(of: member.id, at: now)
            return member
        }
        return .added(member, password: password)
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
