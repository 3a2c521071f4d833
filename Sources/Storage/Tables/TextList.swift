internal import FoundationEssentials

/// A list of texts as it stands in a column: a JSON array.
struct TextList {
    let texts: [String]

    init(_ texts: [String]) {
        self.texts = texts
    }

    init(json: String) throws {
        texts = json == "[]" ? [] : try JSONDecoder().decode([String].self, from: Data(json.utf8))
    }

    var json: String {
        get throws {
            texts.isEmpty ? "[]" : String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
        }
    }
}
