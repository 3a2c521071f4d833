import Badges
import FoundationEssentials
import TestPeers

/// The templates that ship, and people to print with them.
enum SampleBadges {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Badges").path
    static let shipped = ["conference-a6", "label-102x59", "label-89x36"]

    static let code = "K7QX2M4PABCDEFGHJKMNPQRSTV.1"

    static func fields(name: String = "Ada Lovelace") -> BadgeFields {
        BadgeFields(
            name: name, organisation: "University of Hertfordshire", role: "Speaker", reference: "K7QX2M4P",
            event: "Active Connections: Embedding Physical Activity into Health",
            sessions: ["Active Medicine training", "Becoming an Active Practice"], qr: code)
    }

    static func template(_ name: String) throws -> BadgeTemplate {
        try BadgeTemplate(file: "\(folder)/\(name).svg")
    }
}

extension TemporaryFolder {
    /// Writes a file in it and returns its path.
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: path(name)))
        return path(name)
    }
}
