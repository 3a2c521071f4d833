/// A request target split at its question mark and slashes, and decoded.
struct RequestTarget {
    /// More would be no address of ours, and each costs memory.
    static let maximumSegments = 32

    var path = ""
    var segments: [String] = []
    var query = FormFields()
    var fault: RequestError?

    init(_ target: String) {
        var target = target
        do {
            try target.withUTF8 { bytes in try read(bytes) }
        } catch let error as RequestError {
            fault = error
        } catch {
            fault = .badRequest("This address can't be read.")
        }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
        path = String(decoding: bytes[..<end], as: UTF8.self)
        guard bytes.first == UInt8(ascii: "/") else {
            throw RequestError.badRequest("An address must begin with a slash.")
        }
        segments.reserveCapacity(8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw RequestError.badRequest("An address holds no spaces or control characters.")
        }
        var start = 1
        while start <= end {
            let stop = bytes[start..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
            guard segments.count < RequestTarget.maximumSegments else { throw RequestError.notFound }
            segments.append(try decodeSegment(UnsafeBufferPointer(rebasing: bytes[start..<stop])))
            start = stop + 1
        }
        if end < bytes.count {
            query = try FormFields(parsing: UnsafeBufferPointer(rebasing: bytes[(end + 1)...]))
        }
    }

    private func decodeSegment(_ bytes: UnsafeBufferPointer<UInt8>) throws(RequestError) -> String {
        let text = try PercentEncoding.decode(bytes, plusIsSpace: false)
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .badRequest("This address holds control characters.")
        }
        return text
    }
}
