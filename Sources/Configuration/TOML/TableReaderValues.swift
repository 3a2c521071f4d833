extension TableReader {
    /// A text of at most so many characters, without white space at its ends. Line ends and tabs are let
    /// through in prose alone, other control characters never, and outside prose nothing that turns the text around
    /// it.
    func text(_ key: String, limit: Int, isProse: Bool = false) -> String? {
        guard let node = node(key) else { return nil }
        return text(of: node, key, limit: limit, isProse: isProse)
    }

    /// What the text of a key stands for.
    func parsed<Value>(_ key: String, as parse: (String) throws(InvalidText) -> Value) -> Value? {
        guard let node = node(key) else { return nil }
        return parsed(node, key, as: parse)
    }

    /// A list of texts, each read alone; what is mistaken is left out.
    func list<Value>(
        _ key: String, limit: Int, as parse: (String) throws(InvalidText) -> Value
    ) -> [Value]? {
        guard let node = node(key) else { return nil }
        guard case .array(let items) = node.value else {
            noteKind(of: key, node, wanted: "a list of texts, such as [\"…\"]")
            return nil
        }
        guard items.count <= limit else {
            notes.add(node.position, "`\(key)` has \(items.count) items; at most \(limit) are taken")
            return nil
        }
        return items.compactMap { parsed($0, key, as: parse) }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(key) else { return nil }
        guard case .integer(let number) = node.value else {
            noteKind(of: key, node, wanted: "a whole number")
            return nil
        }
        guard let number = Int(exactly: number), range.contains(number) else {
            notes.add(
                node.position,
                "`\(key)` is \(number); it may be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    func boolean(_ key: String) -> Bool? {
        guard let node = node(key) else { return nil }
        guard case .boolean(let value) = node.value else {
            noteKind(of: key, node, wanted: "true or false")
            return nil
        }
        return value
    }

    /// One of the raw values of a type.
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: String) -> Value? {
        parsed(key) { text throws(InvalidText) in
            if let value = Value(rawValue: text) { return value }
            let all = Value.allCases.map(\.rawValue)
            let hint = nearest(to: text, among: all).map { "; did you mean \"\($0)\"?" } ?? ""
            throw InvalidText(
                "is one of \(all.map { "\"\($0)\"" }.joined(separator: ", ")), not \"\(text.prefix(64))\"\(hint)"
            )
        }
    }

    /// A table inside this one; an empty one where it is absent, which makes its defaults.
    func table(_ key: String) -> TableReader {
        optionalTable(key) ?? TableReader([], name: "[\(key)]", position: position, notes: notes)
    }

    /// A table whose presence says something; nil where it is absent.
    func optionalTable(_ key: String) -> TableReader? {
        guard let node = node(key) else { return nil }
        guard case .table(let entries) = node.value else {
            noteKind(of: key, node, wanted: "a table: a line [\(key)], and its keys below it")
            return nil
        }
        return TableReader(entries, name: "[\(key)]", position: node.position, notes: notes)
    }

    /// The tables that stand under `[[key]]`.
    func tables(_ key: String, limit: Int) -> [TableReader] {
        guard let node = node(key) else { return [] }
        guard case .array(let items) = node.value else {
            noteKind(of: key, node, wanted: "a list of tables: a line [[\(key)]] before each")
            return []
        }
        guard items.count <= limit else {
            notes.add(node.position, "there are \(items.count) of [[\(key)]]; at most \(limit) are taken")
            return []
        }
        return items.compactMap { item in
            guard case .table(let entries) = item.value else {
                noteKind(of: key, item, wanted: "a list of tables: a line [[\(key)]] before each")
                return nil
            }
            return TableReader(entries, name: "[[\(key)]]", position: item.position, notes: notes)
        }
    }

    private func parsed<Value>(
        _ node: TOMLNode, _ key: String, as parse: (String) throws(InvalidText) -> Value
    ) -> Value? {
        guard let text = text(of: node, key, limit: 2_000, isProse: false) else { return nil }
        do {
            return try parse(text)
        } catch {
            notes.add(node.position, "`\(key)` \(error)")
            return nil
        }
    }

    private func text(of node: TOMLNode, _ key: String, limit: Int, isProse: Bool) -> String? {
        guard case .string(let text) = node.value else {
            noteKind(of: key, node, wanted: "text in quotes")
            return nil
        }
        guard text.utf8.count <= limit * 4, text.unicodeScalars.count <= limit else {
            notes.add(node.position, "`\(key)` is longer than \(limit) characters")
            return nil
        }
        let isUnprintable = text.unicodeScalars.contains { scalar in
            scalar.properties.generalCategory == .control
                && !(isProse && "\n\r\t".unicodeScalars.contains(scalar))
        }
        guard !isUnprintable else {
            notes.add(
                node.position,
                "`\(key)` has \(isProse ? "" : "a line end, a tab or another ")control character\(isProse ? "s" : "")"
            )
            return nil
        }
        guard isProse || !text.unicodeScalars.contains(where: \.turnsText) else {
            notes.add(
                node.position, "`\(key)` has a character that turns the direction of the text around it")
            return nil
        }
        return text.trimmed
    }
}

extension Unicode.Scalar {
    /// Unicode's embeddings, overrides and isolates (UAX 9), which reach past the text they stand in.
    fileprivate var turnsText: Bool {
        0x202A...0x202E ~= value || 0x2066...0x2069 ~= value
    }
}

extension String {
    /// Without white space at its ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
