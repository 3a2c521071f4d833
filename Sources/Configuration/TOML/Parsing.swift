/// What an event, a session or a door may be called in addresses.
func parseSlug(_ text: String) throws(InvalidText) -> String {
    guard (1...64).contains(text.utf8.count),
        text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    else {
        throw InvalidText("is to be 1 to 64 of a–z, 0–9 and -, not \"\(text.prefix(64))\"")
    }
    return text
}

/// An address that a page may link to.
func parseWebAddress(_ text: String) throws(InvalidText) -> String {
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.first, first != "/",
            !text.contains(where: { $0.isWhitespace || "<>\"".contains($0) })
        else { break }
        return text
    }
    throw InvalidText("is to be a web address beginning with https://, not \"\(text.prefix(80))\"")
}
