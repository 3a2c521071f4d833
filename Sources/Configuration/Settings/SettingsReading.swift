extension Settings {
    /// In bytes.
    public static let sizeLimit = 256 * 1_024
    public static let printerLimit = 100
    public static let doorLimit = 500

    /// Reads a file; throws everything that is wrong with it.
    ///
    /// - Parameter templates: what there is in the templates' folder, or in Lanyard's own for nil; nil where that
    ///   can't be told, and then nobody's template is looked at.
    public init(
        path: String, templates: (_ folder: String?) -> TemplateNames? = { _ in nil }
    ) throws(InvalidFile) {
        try self.init(readFile(path, limit: Settings.sizeLimit), file: path, templates: templates)
    }

    /// Reads the bytes of a file, whose name is told in what is thrown; paths are seen from its folder.
    public init(
        _ bytes: [UInt8], file: String, templates: (_ folder: String?) -> TemplateNames? = { _ in nil }
    ) throws(InvalidFile) {
        guard bytes.count <= Settings.sizeLimit else {
            let message = "is larger than \(Settings.sizeLimit) bytes; nothing of it was taken"
            throw InvalidFile([Mistake(file: file, position: nil, message: message)])
        }
        let notes = ReadingNotes(file: file)
        self.init(try parseTOML(bytes, file: file), notes, templates: templates)
        try notes.throwIfAny()
    }

    /// Takes what is right and notes what is not.
    init(
        _ root: TOMLNode, _ notes: ReadingNotes,
        templates: (_ folder: String?) -> TemplateNames? = { _ in nil }
    ) {
        self.init()
        guard case .table(let entries) = root.value else { return }
        let reader = TableReader(entries, name: "", position: Position(line: 1, column: 1), notes: notes)
        let storage = reader.table("storage")
        let url = storage.parsed("url") { text throws(InvalidText) in try DatabaseAddress(text) }
        database = url?.absolute(from: folder(of: notes.file)) ?? database
        storage.finish()
        http.read(reader.table("http"))
        printing.read(reader.table("printing"))
        let printerReaders = reader.tables("printer", limit: Settings.printerLimit)
        let doorReaders = reader.tables("door", limit: Settings.doorLimit)
        limits = Limits(reader.table("limits"))
        badges.read(reader.table("badges"))
        mail = reader.optionalTable("mail").flatMap(Mail.read)
        let log = reader.table("log")
        self.log.level = log.choice("level") ?? self.log.level
        log.finish()
        reader.finish()

        let printers = printerReaders.map { ($0, Printer.read($0)) }
        let doors = doorReaders.map { ($0, Door.read($0, defaultConnections: limits.doorConnections)) }
        noteRepeats(printers.map { ($0, $1?.name) }, "printer")
        noteRepeats(doors.map { ($0, $1?.name) }, "door")
        self.printers = printers.compactMap(\.1)
        self.doors = doors.compactMap(\.1)
        noteTemplates(printers, templates(badges.folder))
        noteClashes(doors, printerNames: printerReaders.compactMap(\.printerName))
    }

    private func noteRepeats(_ named: [(TableReader, String?)], _ kind: String) {
        var lines: [String: Int] = [:]
        for (reader, name) in named {
            guard let name else { continue }
            if let line = lines[name] {
                reader.note("name", "\"\(name)\" is taken by the \(kind) at line \(line)")
            } else {
                lines[name] = reader.position(of: "name").line
            }
        }
    }

    private func noteTemplates(_ printers: [(TableReader, Printer?)], _ names: TemplateNames?) {
        for case (let reader, let printer?) in printers where reader.has("template") {
            if let mistake = names?.mistake(in: printer.template) { reader.note("template", mistake) }
        }
    }

    /// Doors that listen where something else does, or print where nothing does.
    private func noteClashes(_ doors: [(TableReader, Door?)], printerNames: [String]) {
        var taken: [(address: ListenAddress, by: String)] = [(http.listen, "[http]")]
        for case (let reader, let door?) in doors {
            if let other = taken.first(where: { $0.address.clashes(with: door.listen) }) {
                reader.note("listen", "is \(door.listen), where \(other.by) listens already")
            }
            taken.append((door.listen, "the door \"\(door.name)\""))
            if let printer = door.printer, !printerNames.contains(printer) {
                let known =
                    nearest(to: printer, among: printerNames).map { "did you mean \"\($0)\"?" }
                    ?? (printerNames.isEmpty
                        ? "the file has no [[printer]]" : "known: \(printerNames.joined(separator: ", "))")
                reader.note("printer", "\"\(printer)\" is no [[printer]]'s name; \(known)")
            }
        }
    }
}

extension Settings.HTTP {
    fileprivate mutating func read(_ reader: TableReader) {
        listen = reader.listenAddress("listen") ?? listen
        publicURL =
            reader.parsed("public_url") { text throws(InvalidText) -> String? in
                if text.isEmpty { return nil }
                let address = try parseWebAddress(text)
                guard !address.contains(where: { "?#".contains($0) }) else {
                    throw InvalidText("is to end before any ? or #")
                }
                return String(address.reversed().drop { $0 == "/" }.reversed())
            } ?? nil
        trustedProxies = reader.ranges("trusted_proxies") ?? trustedProxies
        registersWithoutToken = reader.boolean("api_registrations_without_token") ?? registersWithoutToken
        reader.finish()
    }
}

extension Settings.Printing {
    fileprivate mutating func read(_ reader: TableReader) {
        let name = reader.parsed("server") { text throws(InvalidText) in
            let form = /\/\S+|([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/
            guard text.isEmpty || text.wholeMatch(of: form) != nil else {
                throw InvalidText(
                    "is to be \"HOST\", \"HOST:PORT\" or a socket's path, not \"\(text.prefix(80))\"")
            }
            return text
        }
        server = name.flatMap { $0.isEmpty ? nil : $0 }
        reader.finish()
    }
}

extension Settings.Badges {
    fileprivate mutating func read(_ reader: TableReader) {
        folder = reader.path("folder")
        reader.finish()
    }
}
