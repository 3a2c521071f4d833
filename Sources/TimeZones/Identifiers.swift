import FoundationEssentials

extension TimeZone {
    /// What `tzdata` compiles its zones from, with each zone and each other name of one (zic(8)).
    private static let source = "/usr/share/zoneinfo/tzdata.zi"

    /// The identifiers of all zones, read anew each time; empty where the list is not installed.
    public static func identifiers() -> [String] {
        guard let text = try? String(contentsOfFile: source, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return switch words.first {
            case "Z": words.dropFirst().first
            case "L": words.dropFirst(2).first
            default: nil
            }
        }
        .map(String.init).filter { $0.contains("/") }
    }
}
