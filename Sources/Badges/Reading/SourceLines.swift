import Glibc

/// Finds the lines of tags and attributes in a well-formed file. libxml2 itself only tells where a tag
/// ends, which in a file by Inkscape, with a line for each attribute, can be a screen away.
struct SourceLines {
    struct Tag {
        let line: Int
        /// By name with its prefix.
        let attributeLines: [String: Int]
    }

    private let bytes: [UInt8]
    /// Where each line begins.
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBytes { buffer in
            while let start = starts.last, start < buffer.count, let base = buffer.baseAddress,
                let end = memchr(base + start, Int32(UInt8(ascii: "\n")), buffer.count - start)
            {
                starts.append(UnsafeRawPointer(end) - base + 1)
            }
        }
        self.starts = starts
    }

    /// The start tag that ends at or just behind an offset.
    func tag(endingAt offset: Int) -> Tag {
        // `<` can't stand inside a tag, not even in an attribute's value.
        let end = min(max(offset, 0), bytes.count)
        guard let start = bytes[..<end].lastIndex(of: UInt8(ascii: "<")) else {
            return Tag(line: 1, attributeLines: [:])
        }
        return Tag(line: line(of: start), attributeLines: attributeLines(bytes[start..<end]))
    }

    private func attributeLines(_ tag: ArraySlice<UInt8>) -> [String: Int] {
        var lines: [String: Int] = [:]
        var rest = tag.drop { !SourceLines.isSpace($0) }
        while let nameStart = rest.firstIndex(where: { !SourceLines.isSpace($0) }) {
            rest = rest[nameStart...]
            let name = rest.prefix { !SourceLines.isSpace($0) && $0 != UInt8(ascii: "=") }
            guard let open = rest.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
                let close = rest[(open + 1)...].firstIndex(of: rest[open])
            else { break }
            lines[String(decoding: name, as: UTF8.self)] = line(of: nameStart)
            rest = rest[(close + 1)...]
        }
        return lines
    }

    private func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
