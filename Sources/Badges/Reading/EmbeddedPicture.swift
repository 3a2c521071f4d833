/// Looks at a picture in a `data:` link before librsvg unpacks it: a small file can hold a huge one.
enum EmbeddedPicture {
    static let sideLimit = 4096

    /// What is wrong with it; nil if nothing is.
    static func mistake(in link: String) -> String? {
        guard let (kind, data) = parts(of: link) else { return "The embedded picture has no data" }
        guard kinds.contains(kind) else {
            return "An embedded picture is PNG or JPEG in base64, not “\(kind.prefix(40))”"
        }
        guard let (width, height) = size(kind, data) else { return "The embedded picture can't be read" }
        guard (1...sideLimit).contains(width), (1...sideLimit).contains(height) else {
            return "The embedded picture is \(width) × \(height) pixels; a side has at most \(sideLimit)"
        }
        return nil
    }

    /// How many pixels are drawn of it; none where it has a mistake.
    static func pixels(in link: String) -> Int {
        guard mistake(in: link) == nil, let (kind, data) = parts(of: link),
            let (width, height) = size(kind, data)
        else { return 0 }
        return width * height
    }

    private static let kinds = ["data:image/png;base64", "data:image/jpeg;base64", "data:image/jpg;base64"]

    private static func parts(of link: String) -> (kind: String, data: Substring.UTF8View)? {
        guard let comma = link.utf8.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        return (link[..<comma].lowercased(), link[comma...].dropFirst().utf8)
    }

    private static func size(_ kind: String, _ data: Substring.UTF8View) -> (Int, Int)? {
        let bytes = base64(data)
        return kind.contains("png") ? pngSize(bytes) : jpegSize(bytes)
    }

    /// PNG, third edition, 11.2.1: the first chunk begins with width and height.
    private static func pngSize(_ bytes: [UInt8]) -> (Int, Int)? {
        guard bytes.count > 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        return (number(bytes[16..<20]), number(bytes[20..<24]))
    }

    /// ITU-T T.81, B.2.2: the frame header behind a SOF marker has height and width.
    private static func jpegSize(_ bytes: [UInt8]) -> (Int, Int)? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var at = 2
        while at + 9 < bytes.count, bytes[at] == 0xFF {
            let marker = bytes[at + 1]
            if marker == 0xFF {
                at += 1
                continue
            }
            if 0xC0...0xCF ~= marker, ![0xC4, 0xC8, 0xCC].contains(marker) {
                return (number(bytes[(at + 7)..<(at + 9)]), number(bytes[(at + 5)..<(at + 7)]))
            }
            at += 2 + number(bytes[(at + 2)..<(at + 4)])
        }
        return nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// As far as it is base64; the rest is cut off.
    private static func base64(_ text: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text {
            let value: UInt8
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 65
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 71
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character + 4
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case 0x20, 0x0A, 0x0D, 0x09: continue
            default: return bytes
            }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
