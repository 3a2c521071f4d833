internal import CCups

/// A request to a print server while it is put together.
///
/// The corresponding C type is `ipp_t`.
struct IPPRequest: ~Copyable {
    let pointer: OpaquePointer

    /// The groups of attributes that requests have.
    enum Group {
        case operation, job

        fileprivate var tag: ipp_tag_t {
            switch self {
            case .operation: IPP_TAG_OPERATION
            case .job: IPP_TAG_JOB
            }
        }
    }

    /// The corresponding C function is `ippNewRequest`.
    init(_ operation: ipp_op_t) {
        guard let pointer = ippNewRequest(operation) else { preconditionFailure("out of memory") }
        self.pointer = pointer
        // Backends speak the language of the request, and their words are read here.
        var language = ippFindAttribute(pointer, "attributes-natural-language", IPP_TAG_LANGUAGE)
        if language != nil { ippSetString(pointer, &language, 0, "en") }
    }

    deinit { ippDelete(pointer) }

    var length: Int { ippLength(pointer) }

    /// Names the queue and the user, as nearly every request must.
    func addQueue(_ queue: String) {
        add(.operation, "printer-uri", uri: IPPRequest.uri(ofQueue: queue))
        addUser()
    }

    func addUser() { add(.operation, "requesting-user-name", name: String(cString: cupsUser())) }

    func addRequested(_ names: [String]) {
        let attribute = ippAddStrings(
            pointer, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", Int32(names.count), nil, nil)
        for (index, name) in names.enumerated() {
            var place = attribute
            ippSetString(pointer, &place, Int32(index), name)
        }
    }

    func add(_ group: Group, _ name: String, uri: String) { add(group, IPP_TAG_URI, name, uri) }
    func add(_ group: Group, _ name: String, name text: String) { add(group, IPP_TAG_NAME, name, text) }
    func add(_ group: Group, _ name: String, keyword: String) { add(group, IPP_TAG_KEYWORD, name, keyword) }
    func add(_ group: Group, _ name: String, mimeType: String) {
        add(group, IPP_TAG_MIMETYPE, name, mimeType)
    }
    func add(_ group: Group, _ name: String, integer: Int) {
        ippAddInteger(pointer, group.tag, IPP_TAG_INTEGER, name, Int32(clamping: integer))
    }
    func add(_ group: Group, _ name: String, enumeration: Int32) {
        ippAddInteger(pointer, group.tag, IPP_TAG_ENUM, name, enumeration)
    }
    func add(_ group: Group, _ name: String, boolean: Bool) {
        ippAddBoolean(pointer, group.tag, name, boolean ? 1 : 0)
    }

    /// Asks for paper of this size, printed up to these margins.
    func addMedia(_ medium: Medium) {
        guard let size = ippNew(), let media = ippNew() else { return }
        // A collection counts who holds it, so ours is given back here.
        defer {
            ippDelete(size)
            ippDelete(media)
        }
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", Int32(clamping: medium.size.width))
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", Int32(clamping: medium.size.height))
        ippAddCollection(media, IPP_TAG_ZERO, "media-size", size)
        for (side, margin) in medium.margins.sides {
            ippAddInteger(
                media, IPP_TAG_ZERO, IPP_TAG_INTEGER, "media-\(side)-margin", Int32(clamping: margin))
        }
        ippAddCollection(pointer, IPP_TAG_JOB, "media-col", media)
    }

    private func add(_ group: Group, _ tag: ipp_tag_t, _ name: String, _ text: String) {
        _ = ippAddString(pointer, group.tag, tag, name, nil, text)
    }

    /// The address of a queue, the characters of its name escaped where they must be.
    static func uri(ofQueue queue: String) -> String {
        var buffer = [CChar](repeating: 0, count: 1_024)
        httpAssembleURI(
            HTTP_URI_CODING_ALL, &buffer, Int32(buffer.count), "ipp", nil, "localhost", 0,
            "/printers/\(queue)")
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
