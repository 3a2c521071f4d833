extension Settings.Printer {
    /// Nil where something that is needed is absent or mistaken.
    static func read(_ reader: TableReader) -> Self? {
        reader.require("name")
        let name = reader.parsed("name", as: parseSlug)
        let queue = reader.parsed("queue") { text throws(InvalidText) in
            // cupsd(8) refuses other names.
            guard (1...127).contains(text.utf8.count), !text.contains(where: { " /#\t".contains($0) }) else {
                throw InvalidText("is to be the name of a CUPS queue; `lanyard printers` lists them")
            }
            return text
        }
        let folder = reader.parsed("folder") { text throws(InvalidText) in
            guard !text.isEmpty else { throw InvalidText("is empty; write a folder's path") }
            return reader.absolute(text)
        }
        let template = reader.parsed("template") { text throws(InvalidText) in
            guard !text.isEmpty, !text.contains("/"), !text.hasPrefix(".") else {
                throw InvalidText("is to be the name of a badge's file without its folder and \".svg\"")
            }
            guard !text.hasSuffix(".svg") else {
                throw InvalidText("is to be without \".svg\": \"\(text.dropLast(4))\"")
            }
            return text
        }
        if reader.has("queue"), reader.has("folder") {
            reader.note("folder", "can't stand beside `queue`: a badge goes to one of them")
        }
        reader.finish()
        guard let name else { return nil }
        return Self(
            name: name,
            destination: queue.map(Destination.queue) ?? .folder(folder ?? "/var/lib/lanyard/badges/\(name)"),
            template: template ?? defaultTemplate)
    }
}

extension Settings.Door {
    static func read(_ reader: TableReader, defaultConnections: Int) -> Self? {
        for key in ["name", "listen", "event"] { reader.require(key) }
        let name = reader.parsed("name", as: parseSlug)
        let listen = reader.listenAddress("listen")
        let event = reader.parsed("event", as: parseSlug)
        let point = reader.parsed("point", as: parseSlug)
        let printer = reader.parsed("printer", as: parseSlug)
        let allow = reader.ranges("allow")
        let endAfter = reader.integer("end_after_ms", in: 50...60_000)
        let connections = reader.integer("max_connections", in: 1...10_000)
        let mode = reader.parsed("socket_mode") { text throws(InvalidText) in
            guard text.wholeMatch(of: /0?[0-7]{3}/) != nil, let mode = UInt32(text, radix: 8) else {
                throw InvalidText("is to be three octal digits, such as \"0660\"")
            }
            return mode
        }
        reader.finish()
        guard let name, let listen, let event else { return nil }
        var door = Self(
            name: name, listen: listen, event: event, point: point ?? "entrance", printer: printer,
            allow: allow ?? loopback, connectionLimit: connections ?? defaultConnections)
        door.endAfterMilliseconds = endAfter ?? door.endAfterMilliseconds
        door.socketMode = mode ?? door.socketMode
        return door
    }

    /// This machine alone.
    public static let loopback = ["127.0.0.0/8", "::1"].compactMap { try? AddressRange($0) }
}

extension TableReader {
    func ranges(_ key: String) -> [AddressRange]? {
        list(key, limit: 100) { text throws(InvalidText) in try AddressRange(text) }
    }

    /// The name of a printer, also of one with another mistake, so that doors that use it are not blamed.
    var printerName: String? {
        guard case .string(let name)? = node("name")?.value else { return nil }
        return name
    }
}
