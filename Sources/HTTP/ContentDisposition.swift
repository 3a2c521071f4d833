/// What tells a browser to keep a file instead of showing it (RFC 6266).
public enum ContentDisposition {
    /// With the name in ASCII for the oldest programs and in full (RFC 8187) for the others.
    public static func attachment(_ fileName: String) -> String {
        let plain = String(
            decoding: fileName.unicodeScalars.map { scalar -> UInt8 in
                let isPlain =
                    (0x20..<0x7F).contains(scalar.value) && !"\"\\%;".unicodeScalars.contains(scalar)
                return isPlain ? UInt8(scalar.value) : UInt8(ascii: "_")
            }, as: UTF8.self)
        guard plain != fileName else { return "attachment; filename=\"\(plain)\"" }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(PercentEncoding.encode(fileName))"
    }
}
