internal import Operations
internal import Registration

/// What a scan is answered, as one line.
enum Reply: Hashable, Sendable {
    case admit(Reference?, name: String)
    case again(Reference?, name: String, text: String)
    case deny(DenyReason, text: String)
    case error(String, text: String)

    /// How long a line may be, with the CRLF that ends it.
    static let lineBytes = 256

    static let lineTooLong = error("line-too-long", text: "A scan is at most \(ScanReader.lineBytes) bytes")
    static let emptyScan = error("empty-scan", text: "There is no code in this scan")
    static let notText = error("not-text", text: "A scan is UTF-8 text without control characters")
    static let notAllowed = error("not-allowed", text: "This address may not connect to this door")
    static let busy = error("busy", text: "Too much is going on; scan again in a moment")
    static let unknownPoint = error("unknown-point", text: "This door's check-in point does not exist")
    static let failed = error("failed", text: "The scan could not be saved; scan again")

    static func tooManyConnections(limit: Int) -> Reply {
        error("too-many-connections", text: "This door takes \(limit) connections at once")
    }

    init(_ result: Result<ScanAnswer, any Error>) {
        switch result {
        case .success(let answer):
            switch answer.verdict {
            case .admit: self = .admit(answer.reference, name: answer.name ?? "")
            case .again: self = .again(answer.reference, name: answer.name ?? "", text: answer.text)
            case .deny(let reason): self = .deny(reason, text: answer.text)
            }
        case .failure(is Overloaded): self = .busy
        case .failure(is UnknownPoint): self = .unknownPoint
        case .failure: self = .failed
        }
    }

    /// Appends the line: UTF-8, at most `lineBytes` bytes, one CRLF and no other line end in it.
    func write(to output: inout [UInt8]) {
        let end = output.count + Reply.lineBytes - 2
        switch self {
        case .admit(let reference, let name):
            output.append(contentsOf: "ADMIT".utf8)
            output.append(word: reference?.description ?? "", before: end)
            output.append(word: name, before: end)
        case .again(let reference, let name, let text):
            // When it was scanned first decides what the steward does, so a long name gives way to it.
            let tail = min(text.utf8.count + 2, Reply.lineBytes / 2)
            output.append(contentsOf: "AGAIN".utf8)
            output.append(word: reference?.description ?? "", before: end - tail)
            output.append(word: name, before: end - tail)
            output.append(UInt8(ascii: ";"))
            output.append(word: text, before: end)
        case .deny(let reason, let text):
            output.append(contentsOf: "DENY".utf8)
            output.append(word: reason.rawValue, before: end)
            output.append(word: text, before: end)
        case .error(let kind, let text):
            output.append(contentsOf: "ERROR".utf8)
            output.append(word: kind, before: end)
            output.append(word: text, before: end)
        }
        output.append(UInt8(ascii: "\r"))
        output.append(UInt8(ascii: "\n"))
    }
}

extension [UInt8] {
    /// Appends a space and as many whole characters of `text` as fit before `end`, each control character and
    /// line end as a space; nothing for an empty text. Of a text whose first character does not fit, as one may have
    /// hundreds of code points, as many code points as do.
    fileprivate mutating func append(word text: String, before end: Int) {
        guard !text.isEmpty, count < end else { return }
        append(UInt8(ascii: " "))
        let start = count
        if text.utf8.count <= end - count, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
            append(contentsOf: text.utf8)
            return
        }
        for character in text {
            let printable =
                character.unicodeScalars.contains(where: \.endsLineOrControls)
                ? Character(" ") : character
            guard printable.utf8.count <= end - count else { break }
            append(contentsOf: printable.utf8)
        }
        if count > start { return }
        for scalar in text.unicodeScalars {
            guard UTF8.width(scalar) <= end - count else { break }
            append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        if count == start { removeLast() }
    }
}

extension Unicode.Scalar {
    fileprivate var endsLineOrControls: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
