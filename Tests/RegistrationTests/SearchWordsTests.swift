import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SearchWordsTests {
    private func folded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return String(decoding: bytes.withUnsafeBufferPointer(FoldedText.fold), as: UTF8.self)
    }

    @Test(arguments: [
        ("Müller", "muller"), ("Mu\u{308}ller", "muller"), ("WEISSBACH Weißbach", "weissbach weissbach"),
        ("Søren Æbelø", "soren aebelo"), ("Łukasz Đinđić", "lukasz dindic"), ("Nguyễn", "nguyen"),
        ("Þórður", "thordur"), ("ΣΟΦΊΑΣ σοφίας", "σοφιασ σοφιασ"), ("Андрей", "андреи"),
        ("Андре\u{438}\u{306}", "андреи"), ("王小明", "王小明"), ("김민준", "김민준"), ("🦊", "🦊"), ("", ""),
        ("O’Brien", "o brien obrien"), ("O'Brien", "o brien obrien"),
        ("Clarke‑Jones", "clarke jones clarkejones"),
        ("İpek Işık", "ipek isik"),
    ])
    func `letters are compared without case and marks, whatever way they were typed`(
        text: String, fold: String
    ) {
        #expect(folded(text) == fold)
    }

    @Test(arguments: [
        ("  Ada   Lovelace ", ["lovelace", "ada"]), ("Lovelace, Ada", ["lovelace", "ada"]),
        ("o'brien", ["obrien"]), ("O’Brien", ["obrien"]), ("Clarke-Jones", ["clarke", "jones"]),
        ("Dr. J. Müller", ["muller", "dr", "j"]), ("ada@example.org", ["ada@example.org"]),
        ("ada Ada", ["ada"]),
        ("- ' , .", []), ("", []),
    ])
    func `what is typed is taken word by word`(text: String, words: [String]) {
        #expect(SearchWords(text).words == words)
    }

    @Test func `of more words than are looked at the longest count`() {
        let text = (1...SearchWords.limit + 1).map { String(repeating: "a", count: $0) }.joined(
            separator: " ")
        let words = SearchWords(text).words
        #expect(words.count == SearchWords.limit && !words.contains("a"))
    }

    @Test func `a misspelt name is looked for by how its words begin`() {
        let words = SearchWords.beginnings(of: "Elodee O'Brian")
        #expect(words.words == ["elo", "bri", "o"] && words.areBeginnings)
    }

    @Test(arguments: [
        ("K7QX 2M4P", true), ("k7qx-2m4p", true), ("k7 qx 2m 4p", true), ("K7QX2M4", false),
        ("K7QX2M4PP", false),
    ])
    func `a reference that is read out is taken with its spaces and hyphens`(text: String, isOne: Bool) {
        #expect((Reference(spoken: text) == Reference("K7QX2M4P")) == isOne)
    }

    @Test(arguments: [
        ("K7QX", true), ("k7q x2", true), ("K7QX-2M4", true), ("K7Q", false), ("K7QY", false),
        ("K7QX2M4P", false),
        ("Ünal", false),
    ])
    func `a reference is known by its first four to seven characters`(text: String, isOne: Bool) throws {
        let reference = try #require(Reference("K7QX2M4P"))
        #expect((ReferenceBeginning(text)?.matches(reference) ?? false) == isOne)
    }

    @Test(arguments: [
        "", "Lovelac", "]Q1", "00000000000000000000000000", "00000000000000000000000000.12", "Ü ",
    ])
    func `the code that a longer text ends with is found`(before: String) throws {
        let code = "K7QX2M4PABCDEFGHJKMNPQRSTV"
        #expect(ScannedCode.last(in: before + code)?.description == code)
        let printed = try #require(ScannedCode.last(in: before + code + ".12"))
        #expect(printed.code.description == code && printed.print == 12)
    }

    @Test(arguments: ["Lovelace", "", ".", "K7QX2M4PABCDEFGHJKMNPQRST", "K7QX2M4PABCDEFGHJKMNPQRSTV.1234567"])
    func `a text that ends with no code has none`(text: String) {
        #expect(ScannedCode.last(in: text) == nil)
    }
}
