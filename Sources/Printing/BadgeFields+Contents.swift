public import Badges
public import Operations

extension BadgeFields {
    /// What a template is filled with for somebody's badge.
    public init(_ contents: BadgeContents) {
        self.init(
            name: contents.name, organisation: contents.organisation, role: contents.role,
            reference: contents.reference, event: contents.event, sessions: contents.sessions,
            qr: contents.code)
    }
}
