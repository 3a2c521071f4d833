/// What a folder has of templates, without `.svg`.
public struct TemplateNames: Sendable {
    public var badges: [String]
    public var certificates: [String]

    public init(badges: [String], certificates: [String]) {
        self.badges = badges
        self.certificates = certificates
    }

    /// Why a printer can't have a template; nil where it can.
    func mistake(in template: String) -> String? {
        if badges.contains(template) { return nil }
        let known =
            badges.isEmpty
            ? "there is none for a badge" : "for a badge there are \(badges.joined(separator: ", "))"
        if certificates.contains(template) {
            return "\"\(template)\" is for certificates, and printers print badges; \(known)"
        }
        let hint = nearest(to: template, among: badges).map { "did you mean \"\($0)\"?" } ?? known
        return "\"\(template)\" is no template of the badges' folder; \(hint)"
    }
}
