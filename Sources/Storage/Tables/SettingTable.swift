public import Registration
internal import Secrets

/// A secret that each database makes for itself when it is created, 32 bytes.
public enum SettingKey: String, CaseIterable, Sendable {
    /// Permutes the numbers of attendees into references.
    case references = "reference_key"
    /// Signs the links of attendees' own pages.
    case links = "link_key"
    /// Signs forms against cross-site requests.
    case forms = "form_key"
}

extension Reading {
    public func key(_ name: SettingKey) throws -> [UInt8] { try connection.key(name) }

    /// Tells this installation's print jobs from others' at a shared print server: 8 characters.
    public func installation() throws -> String {
        try connection.first("SELECT value FROM setting WHERE name = 'installation'") { $0.text(0) } ?? ""
    }
}

extension Transaction {
    /// Changes one small row, so that a disk that takes nothing any more is found out; once a second, however
    /// often it is asked for. `Commit` doesn't count it.
    public func beat(at now: Timestamp) throws {
        heartbeats += 1
        try connection.run(
            """
            INSERT INTO setting (name, value) VALUES ('heartbeat', $1)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE setting.value <> excluded.value
            """, .text("\(now.rawValue / 1_000)"))
    }
}

extension Connection {
    func key(_ name: SettingKey) throws -> [UInt8] {
        let hex = try first("SELECT value FROM setting WHERE name = $1", .text(name.rawValue)) { $0.text(0) }
        guard let hex, hex.utf8.count == 64 else { throw MissingRow(table: "setting") }
        return hex.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }.pairs.map {
            UInt8($0 << 4 | $1)
        }
    }

    /// Makes the secrets that the database doesn't have yet.
    func makeKeys() throws {
        let random = RandomSource()
        for name in SettingKey.allCases {
            let hex = random.bytes(32).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
            try keep(hex.joined(), as: name.rawValue)
        }
        try keep(random.token(bits: 40), as: "installation")
    }

    private func keep(_ value: String, as name: String) throws {
        try run(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", .text(name),
            .text(value))
    }
}

extension Array {
    fileprivate var pairs: [(Element, Element)] {
        stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
    }
}
