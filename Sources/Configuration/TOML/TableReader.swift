/// Takes the keys of one table, noting everything wrong with them, and in the end each key nobody asked for.
///
/// A reader answers nil where a key is absent or mistaken; what is mistaken is noted, so one pass finds all.
final class TableReader {
    /// As messages call it: `[http]`, `[[door]]`, or empty for the file's top.
    let name: String
    let position: Position
    let notes: ReadingNotes
    private let entries: [String: TOMLEntry]
    private var asked: [String] = []

    init(_ entries: [TOMLEntry], name: String, position: Position, notes: ReadingNotes) {
        self.name = name
        self.position = position
        self.notes = notes
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    }

    /// Whether the file sets the key, rightly or not.
    func has(_ key: String) -> Bool {
        entries[key] != nil
    }

    /// Where the key's value stands, or the table if it is absent.
    func position(of key: String) -> Position {
        entries[key]?.node.position ?? position
    }

    /// Notes a mistake about a key's value, in words that go on from the key's name.
    func note(_ key: String, _ words: String) {
        notes.add(position(of: key), "`\(key)` \(words)")
    }

    /// The value of a key, which from now on is known here.
    func node(_ key: String) -> TOMLNode? {
        asked.append(key)
        notes.know(key, in: name)
        return entries[key]?.node
    }

    /// Notes that the key is absent.
    func require(_ key: String) {
        guard !has(key) else { return }
        notes.add(position, "\(name.isEmpty ? "the file" : name) needs `\(key)`")
    }

    /// Notes that the value is of the wrong kind; `wanted` ends the sentence "is to be".
    func noteKind(of key: String, _ node: TOMLNode, wanted: String) {
        notes.add(node.position, "`\(key)` is to be \(wanted), not \(node.kind)")
    }

    /// Notes each key that was not asked for; the last thing to do with a reader.
    func finish() {
        let unknown = entries.values.filter { !asked.contains($0.key) }
        for entry in unknown.sorted(by: { $0.position < $1.position }) {
            let place = name.isEmpty ? "here" : "in \(name)"
            let shown = entry.key.utf8.count <= 64 ? entry.key : String(entry.key.prefix(60)) + "…"
            let what = "unknown key `\(shown)`\(name.isEmpty ? "" : " \(place)")"
            // Looking for what was meant takes a while, and past the limit nobody is told.
            guard !notes.isFull else {
                notes.add(entry.position, what)
                continue
            }
            let hint =
                nearest(to: entry.key, among: asked).map { "did you mean `\($0)`?" }
                ?? "known \(place): \(asked.joined(separator: ", "))"
            notes.add(entry.position, "\(what); \(hint)")
        }
    }
}

/// What was found wrong so far, and which keys were asked for.
final class ReadingNotes {
    /// No more mistakes than these are told, as nobody reads a thousand.
    static let mistakeLimit = 50

    let file: String
    private(set) var known: Set<String> = []
    private var mistakes: [Mistake] = []

    init(file: String) {
        self.file = file
    }

    /// Whether there are more than twice as many as are told, which leaves room for those of earlier lines.
    var isFull: Bool { mistakes.count >= 2 * ReadingNotes.mistakeLimit }

    func add(_ position: Position?, _ message: String) {
        mistakes.append(Mistake(file: file, position: position, message: message))
    }

    func know(_ key: String, in table: String) {
        known.insert(table.isEmpty ? key : "\(table) \(key)")
    }

    /// Throws what was noted, if anything was, in the order of the file.
    func throwIfAny() throws(InvalidFile) {
        guard !mistakes.isEmpty else { return }
        let whole = Position(line: 0, column: 0)
        var told = mistakes.sorted { ($0.position ?? whole) < ($1.position ?? whole) }
        if told.count > ReadingNotes.mistakeLimit {
            let rest = told.count - ReadingNotes.mistakeLimit
            told =
                told.prefix(ReadingNotes.mistakeLimit)
                + [Mistake(file: file, position: nil, message: "and \(rest) more mistakes")]
        }
        throw InvalidFile(told)
    }
}
