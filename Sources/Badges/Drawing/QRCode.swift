internal import CQREncode

/// The modules of a QR code (ISO/IEC 18004), error correction level M, without the quiet zone.
struct QRCode {
    /// Light modules on each side, as the standard asks for.
    static let quietZone = 4
    /// What a scanner still tells apart on paper.
    static let smallestModuleMillimetres = 0.3

    let side: Int
    /// By row; true is dark.
    private let modules: [Bool]

    /// Nil if the text is longer than a QR code holds.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.contains(0), let code = QRCode.encode(bytes) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        let count = side * side
        // The lowest bit of each byte is the module (qrencode.h, "QRcode").
        modules = (0..<count).map { code.pointee.data[$0] & 1 == 1 }
    }

    func isDark(_ x: Int, _ y: Int) -> Bool {
        (0..<side).contains(x) && (0..<side).contains(y) && modules[y * side + x]
    }

    private static func encode(_ bytes: [UInt8]) -> UnsafeMutablePointer<CQREncode.QRcode>? {
        guard bytes.allSatisfy(isAlphanumeric) else {
            // The library itself finds the closest packing of a mixed text.
            return (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { text in
                QRcode_encodeString(text.baseAddress, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
            }
        }
        guard let input = QRinput_new2(0, QR_ECLEVEL_M) else { return nil }
        defer { QRinput_free(input) }
        guard QRinput_append(input, QR_MODE_AN, Int32(bytes.count), bytes) == 0 else { return nil }
        return QRcode_encodeInput(input)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: " $%*+-./:".utf8.contains(byte)
        }
    }
}
