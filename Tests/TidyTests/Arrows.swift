/// Which room may import which, as drawn in `Sources/README.md`.
enum Arrows {
    /// These import nothing of ours, but for what is said below, and everybody above may import them.
    static let alone: Set = [
        "Badges", "Configuration", "HTTP", "Log", "Metrics", "Secrets", "TimeZones", "Working",
    ]
    static let values: Set = ["Registration"]
    /// What pages, the API, doors, printing and mail see: never one another, never the database.
    static let operations = alone.union(["Operations", "Registration"])

    /// What each room may import of ours.
    static let allowed: [String: Set<String>] = [
        "Registration": [],
        "Storage": alone.union(values),
        "Operations": alone.union(values).union(["Storage"]),
        "Badges": [], "Configuration": ["TimeZones"], "HTTP": [], "Log": [], "Metrics": [], "Secrets": [],
        "TimeZones": [], "Working": [],
        "HTTPServer": ["HTTP"],
        "Web": operations, "API": operations, "Doors": operations,
        "Printing": operations, "Mail": operations,
    ]

    /// Programs wire everything, so they may import everything.
    static let programs: Set = ["lanyard", "lanyard-bench"]

    /// The only room that may import each C library.
    static let homes: [String: String] = [
        "CSQLite": "Storage", "CPQ": "Storage",
        "CRsvg": "Badges", "CPango": "Badges", "CQREncode": "Badges", "CXML": "Badges",
        "CCups": "Printing",
        "CCurl": "Mail", "CIcal": "Mail",
        "CEpoll": "Doors", "CJansson": "API", "CGnuTLS": "Doors",
        "CMicrohttpd": "HTTPServer",
        "CMarkGFM": "Web",
        "CToml": "Configuration",
        "CSodium": "Secrets",
        "CGLib": "TimeZones",
        "CSystemd": "lanyard",
    ]

    /// Who else may import one: the benchmark writes the same rows by SQLite alone, to compare.
    static let visitors: [String: String] = ["lanyard-bench": "CSQLite"]

    /// What comes with Swift. All of Foundation would bring 40 MB of languages along, and 6 MB more memory.
    static let standard: Set = ["Dispatch", "FoundationEssentials", "Glibc", "Synchronization"]

    /// Each arrow of the manifest that is not allowed.
    static func breaches(in manifest: Manifest) -> [String] {
        manifest.rooms.flatMap { room -> [String] in
            let isProgram = programs.contains(room.name)
            guard let allowed = allowed[room.name] ?? (isProgram ? [] : nil) else {
                return ["\(room.name) is not in the list of rooms"]
            }
            return room.imports.sorted().compactMap { target in
                if manifest.libraries.keys.contains(target) {
                    return homes[target] == room.name || visitors[room.name] == target
                        ? nil : "\(room.name) → \(target), at home in \(homes[target] ?? "no room")"
                }
                return isProgram || allowed.contains(target) ? nil : "\(room.name) → \(target)"
            }
        }
    }

    /// Each import line of a room's file that is not an arrow of the manifest.
    static func breaches(of room: Manifest.Target, importing modules: [String]) -> [String] {
        modules.filter { !room.imports.contains($0) && !standard.contains($0) }
    }
}
