/// Notes in a PNG file how large it is on paper, which cairo leaves out.
enum PNGResolution {
    /// The signature of 8 bytes and the first chunk, IHDR, with 25 (PNG, third edition, 11.2.1).
    private static let headLength = 33

    static func say(_ dotsPerInch: Double, in png: [UInt8]) -> [UInt8] {
        let perMetre = UInt32((dotsPerInch / 0.0254).rounded())
        // The last byte: the unit is the metre (11.3.4.3).
        let body = Array("pHYs".utf8) + bytes(perMetre) + bytes(perMetre) + [1]
        let chunk = bytes(UInt32(body.count - 4)) + body + bytes(checksum(body))
        return Array(png.prefix(headLength)) + chunk + png.dropFirst(headLength)
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// CRC-32 as in Annex D.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
        }
    }
}
