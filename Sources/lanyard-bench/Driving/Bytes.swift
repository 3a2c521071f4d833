import Glibc

extension UnsafeRawBufferPointer {
    /// Where a text stands first.
    func firstOffset(of text: StaticString) -> Int? {
        firstOffset(of: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func firstOffset(of wanted: UnsafeRawBufferPointer) -> Int? {
        guard let first = wanted.first else { return nil }
        var offset = 0
        while let found = firstOffset(of: first, from: offset), count - found >= wanted.count {
            if UnsafeRawBufferPointer(rebasing: self[found..<(found + wanted.count)]).isEqual(to: wanted) {
                return found
            }
            offset = found + 1
        }
        return nil
    }

    /// Where a byte stands first at or after an offset.
    func firstOffset(of byte: UInt8, from offset: Int) -> Int? {
        guard offset < count, let base = baseAddress,
            let found = memchr(base + offset, Int32(byte), count - offset)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }

    private func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count, let base = baseAddress, let otherBase = other.baseAddress else {
            return false
        }
        return memcmp(base, otherBase, count) == 0
    }

    /// The decimal number that begins at an offset.
    func number(at offset: Int) -> Int? {
        var number: Int?
        for byte in self[offset...].prefix(9) {
            guard (0x30...0x39).contains(byte) else { break }
            number = (number ?? 0) * 10 + Int(byte - 0x30)
        }
        return number
    }
}
