/// A path of this site that somebody handed us to go to, so that a sign-in can't be made to lead elsewhere.
struct LocalPath: Equatable {
    let text: String

    /// Nil unless it begins with one slash and holds nothing that a browser could read as another host.
    init?(_ text: String?) {
        guard let text, text.utf8.count <= 512, text.hasPrefix("/"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            !text.dropFirst().hasPrefix("/")
        else { return nil }
        self.text = text
    }
}
