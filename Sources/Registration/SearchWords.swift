/// What somebody typed who looks for a person, as the words that must all be found, in any order.
public struct SearchWords: Hashable, Sendable {
    /// More words than this are not looked at: the longest say enough.
    public static let limit = 6
    /// How much of each word somebody who may have misspelt it is looked for by.
    static let beginningLength = 3

    /// Folded, the longest first, as fewest texts hold it; none where only separators were typed.
    public let words: [String]
    /// Whether each begins a word of the text, and may not just stand in it.
    public let areBeginnings: Bool

    /// The words as they were typed.
    public init(_ text: String) {
        self.init(FoldedText.typed(text, apostrophesPart: false).searchWords, areBeginnings: false)
    }

    private init(_ words: [String], areBeginnings: Bool) {
        var distinct: [String] = []
        for word in words where !distinct.contains(word) { distinct.append(word) }
        self.words = Array(distinct.sorted { $0.utf8.count > $1.utf8.count }.prefix(SearchWords.limit))
        self.areBeginnings = areBeginnings
    }

    /// The first letters of each word, for whom nobody was found.
    public static func beginnings(of text: String) -> SearchWords {
        SearchWords(
            FoldedText.typed(text, apostrophesPart: true).searchWords.map {
                String($0.prefix(beginningLength))
            },
            areBeginnings: true)
    }
}

extension String {
    /// Without the commas of “Lovelace, Ada” and the full stops of “Dr.” and “J.”.
    fileprivate var searchWords: [String] {
        split { $0.isWhitespace || $0 == "," }.compactMap { word in
            var word = word
            while word.last == "." { word.removeLast() }
            return word.isEmpty ? nil : String(word)
        }
    }
}
