import HTTP

/// A file that pages refer to, embedded in the program. Its address changes with its content, so browsers
/// may keep it for ever.
struct Asset: Sendable {
    let path: String
    let type: String
    let bytes: [UInt8]

    static let style = Asset(
        "lanyard", "css", "text/css; charset=utf-8",
        PackageResources.base_css + PackageResources.forms_css + PackageResources.event_css
            + PackageResources.staff_css + PackageResources.after_css + PackageResources.print_css)
    static let icon = Asset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)
    static let register = script("register", PackageResources.register_js)
    static let attendee = script("attendee", PackageResources.attendee_js)
    static let desk = script("desk", PackageResources.desk_js)
    static let live = script("live", PackageResources.live_js)
    static let materials = script("materials", PackageResources.materials_js)

    static let all = [style, icon, register, attendee, desk, live, materials]

    private static func script(_ name: String, _ bytes: [UInt8]) -> Asset {
        Asset(name, "js", "text/javascript; charset=utf-8", bytes)
    }

    private init(_ name: String, _ ending: String, _ type: String, _ bytes: [UInt8]) {
        path = "/assets/\(name)-\(Asset.fingerprint(bytes)).\(ending)"
        self.type = type
        self.bytes = bytes
    }

    /// FNV-1a, 64 bits: tells versions of our own files apart; nobody else's content comes this way.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}

extension Asset {
    private var tag: EntityTag { EntityTag(path) }

    /// Answers each asset at its own address.
    static func addRoutes(to router: inout Router) {
        for asset in all {
            router.on(.get, asset.path) { request, _ in
                Response.bytes(asset.bytes, type: asset.type)
                    .with("Cache-Control", "public, max-age=31536000, immutable")
                    .tagged(asset.tag, for: request)
            }
        }
        // Browsers ask for this one wherever a page names no icon, as beside a PDF.
        router.on(.get, "/favicon.ico") { _, _ in .redirect(to: icon.path) }
        router.on(.get, "/robots.txt") { _, _ in
            // A page of somebody's own is a ticket.
            .text("User-agent: *\nDisallow: /e/*/me/\n")
        }
    }
}
