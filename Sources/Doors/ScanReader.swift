internal import Operations
internal import Registration

/// Finds the scans in the bytes a scanner sends, however they are cut into segments.
///
/// A scan is one line, ended by CR, LF or CRLF. What is no scan is refused once and skipped to its end.
struct ScanReader {
    /// How long a line may be without its end.
    static let lineBytes = ScanRequest.textLimit

    enum Line: Equatable {
        case scan(String)
        case refused(Reply)
    }

    private var half: [UInt8] = []
    /// Whether the current line was too long, was refused, and only its end is waited for.
    private var isSkipping = false

    /// Whether a line has begun that has not ended.
    var hasHalfLine: Bool { isSkipping || !half.isEmpty }

    /// Takes the next bytes and says each line that is complete now, until `found` says that it was enough for the
    /// moment. Returns the bytes that were not taken.
    mutating func read<Bytes: RandomAccessCollection<UInt8>>(
        _ bytes: Bytes, found: (Line) -> Bool
    ) -> Bytes.SubSequence {
        var rest = bytes[...]
        var wantsMore = true
        while let end = rest.firstIndex(where: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            if hasHalfLine {
                take(rest[..<end]) { wantsMore = found($0) }
                endHalfLine { wantsMore = found($0) }
            } else if end != rest.startIndex {
                wantsMore = found(ScanReader.line(rest[..<end]))
            }
            rest = rest[rest.index(after: end)...]
            if !wantsMore { return rest }
        }
        take(rest) { wantsMore = found($0) }
        return rest[rest.endIndex...]
    }

    /// Counts a half line as ended: the scanner has been silent for long enough, or is done.
    mutating func endHalfLine(found: (Line) -> Void) {
        if !half.isEmpty { found(ScanReader.line(half)) }
        half.removeAll(keepingCapacity: true)
        isSkipping = false
    }

    private mutating func take(_ bytes: some Collection<UInt8>, found: (Line) -> Void) {
        if isSkipping { return }
        if half.count + bytes.count > ScanReader.lineBytes {
            isSkipping = true
            half.removeAll(keepingCapacity: true)
            found(.refused(.lineTooLong))
        } else {
            half.append(contentsOf: bytes)
        }
    }

    private static func line(_ bytes: some RandomAccessCollection<UInt8>) -> Line {
        if bytes.count > lineBytes { return .refused(.lineTooLong) }
        let text = trimmed(trimmed(bytes[...]).withoutSymbology)
        if text.isEmpty { return .refused(.emptyScan) }
        if text.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return .refused(.notText) }
        return String(validating: text, as: UTF8.self).map(Line.scan) ?? .refused(.notText)
    }

    /// Without blanks at its ends: scanners are often set up to send a tab after each code.
    private static func trimmed<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> Bytes
    where Bytes.SubSequence == Bytes {
        var text = bytes
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }
}
