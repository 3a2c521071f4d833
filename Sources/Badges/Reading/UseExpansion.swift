/// Adds up what is drawn when each `<use>` stands for all that it points at.
struct UseExpansion {
    /// Beyond this nobody needs to know how much.
    private let plenty: Int
    private let weight: (MarkupElement) -> Int
    private var byID: [String: MarkupElement] = [:]
    private var counts: [ObjectIdentifier: Int] = [:]

    /// - Parameters:
    ///   - limit: past which the sum need not be right.
    ///   - weight: what one element adds by itself, at most `limit` + 1.
    init(_ root: MarkupElement, limit: Int, weight: @escaping (MarkupElement) -> Int) {
        plenty = limit + 1
        self.weight = weight
        gather(root)
    }

    /// The element itself, those in it and those they use; a circle is too much.
    mutating func count(_ element: MarkupElement) -> Int {
        if let known = counts[ObjectIdentifier(element)] { return known }
        // Met again before it is counted, it is part of itself.
        counts[ObjectIdentifier(element)] = plenty
        var sum = min(weight(element), plenty)
        for target in targets(of: element) + element.elements {
            sum = min(sum + count(target), plenty)
        }
        counts[ObjectIdentifier(element)] = sum
        return sum
    }

    /// What an element draws besides its children: by `<use>`, or as a pattern, marker, mask or clip.
    private func targets(of element: MarkupElement) -> [MarkupElement] {
        var ids: [Substring] = []
        if let link = element.link?.value.trimmingSpaces, link.hasPrefix("#") { ids.append(link.dropFirst()) }
        for attribute in element.attributes where attribute.prefix.isEmpty {
            ids += References(in: attribute.value).compactMap(\.id)
        }
        return ids.compactMap { byID[String($0)] }
    }

    private mutating func gather(_ element: MarkupElement) {
        if let id = element.attribute("id")?.value { byID[id] = element }
        for child in element.elements { gather(child) }
    }
}
