/// Rows of a CSV file (RFC 4180), as spreadsheets open them.
enum CSV {
    /// The mark at a file's beginning by which Excel knows UTF-8.
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    static func row(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        return bytes + [0x0D, 0x0A]
    }

    private static func append(_ cell: String, to bytes: inout [UInt8]) {
        // Spreadsheets take these for the beginning of a formula, also behind quotes (owasp.org, CSV Injection).
        let guarded = cell.utf8.first.map("=+-@\t\r".utf8.contains) == true ? "'" + cell : cell
        guard guarded.utf8.contains(where: "\",\r\n".utf8.contains) else {
            bytes += guarded.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in guarded.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
