internal import CMicrohttpd
import HTTP

/// Takes a form with files apart as it arrives.
///
/// `@unchecked Sendable`: it is called on the connection's own thread alone, from the headers to the last byte,
/// and under the lock of the upload that has it.
final class FormReader: @unchecked Sendable {
    /// What the library keeps of a part's headers; a part whose headers are longer is refused.
    private static let partHeaderBytes = 16 << 10
    private static let boundaryLimit = 70

    private var processor: OpaquePointer?
    private var found: [UploadPiece] = []
    private var field: (name: String, value: [UInt8])?
    private var file: (name: String, fileName: String, isEmpty: Bool)?
    private var fault: RequestError?
    private var hasParts = false

    /// Throws 415 where the request's body is no such form. The corresponding C function is
    /// `MHD_create_post_processor`.
    ///
    /// - Parameter pointer: the connection, which must outlast the reading: the library reads its headers again.
    init(_ pointer: OpaquePointer, contentType: String) throws(RequestError) {
        let wrong = RequestError(
            .unsupportedMediaType, "This address takes a form with files: multipart/form-data.")
        guard FormReader.namesBoundary(contentType) else { throw wrong }
        processor = MHD_create_post_processor(
            pointer, FormReader.partHeaderBytes, noteFormPart, Unmanaged.passUnretained(self).toOpaque())
        guard processor != nil else { throw wrong }
    }

    deinit {
        if let processor { MHD_destroy_post_processor(processor) }
    }

    /// Whether it is `multipart/form-data` and ends with a boundary as RFC 2046 (5.1.1) has it: the library takes
    /// all that follows `boundary=` for it.
    private static func namesBoundary(_ contentType: String) -> Bool {
        let parts = contentType.split(separator: ";", maxSplits: 1).map { $0.filter { $0 != " " } }
        guard parts.count == 2, parts[0].lowercased() == "multipart/form-data",
            parts[1].hasPrefix("boundary=")
        else { return false }
        var boundary = parts[1].dropFirst("boundary=".count)[...]
        if boundary.count > 2, boundary.first == "\"", boundary.last == "\"" {
            boundary = boundary.dropFirst().dropLast()
        }
        return (1...boundaryLimit).contains(boundary.utf8.count)
            && boundary.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: "'()+_,-./:=?".utf8.contains(byte)
                }
            }
    }

    /// What the next bytes of the body complete. Throws 400 where they are no such form, 413 where a field is too
    /// large. The corresponding C function is `MHD_post_process`.
    func parse(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> [UploadPiece] {
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = MHD_post_process(processor, start, bytes.count)
        if let fault { throw fault }
        guard result == .YES else { throw FormReader.malformed }
        return takeFound()
    }

    /// What the end of the body completes. Throws 400 where the form's own end is missing. The corresponding C
    /// function is `MHD_destroy_post_processor`.
    func finish() throws(RequestError) -> [UploadPiece] {
        let result = MHD_destroy_post_processor(processor)
        processor = nil
        if let fault { throw fault }
        // The library takes a body without any part for one that is whole.
        guard result == .YES, hasParts else { throw FormReader.malformed }
        endPart()
        return takeFound()
    }

    private static let malformed = RequestError.badRequest(
        "This form did not arrive whole, or is none. Go back and send it again.")

    private func takeFound() -> [UploadPiece] {
        defer { found.removeAll(keepingCapacity: true) }
        return found
    }

    /// A part, or the next bytes of it; false ends the reading.
    fileprivate func note(
        name: String?, fileName: String?, at offset: UInt64, _ bytes: UnsafeRawBufferPointer
    )
        -> Bool
    {
        guard let name else {
            fault = FormReader.malformed
            return false
        }
        // The library may begin a part twice, first without any of its bytes.
        if offset == 0, !isBegun(name, fileName) { beginPart(name, fileName) }
        guard !bytes.isEmpty else { return true }
        if file != nil {
            file?.isEmpty = false
            found.append(.bytes(Array(bytes)))
        } else {
            field?.value.append(contentsOf: bytes)
            guard field?.value.count ?? 0 <= Upload.fieldLimitBytes else {
                fault = .contentTooLarge(limitBytes: Upload.fieldLimitBytes)
                return false
            }
        }
        return true
    }

    private func isBegun(_ name: String, _ fileName: String?) -> Bool {
        if let file { return file.isEmpty && file.name == name && file.fileName == fileName }
        guard let field else { return false }
        return fileName == nil && field.value.isEmpty && field.name == name
    }

    private func beginPart(_ name: String, _ fileName: String?) {
        endPart()
        hasParts = true
        if let fileName {
            file = (name, fileName, true)
            found.append(.file(name: name, fileName: fileName))
        } else {
            field = (name, [])
        }
    }

    private func endPart() {
        if let field {
            found.append(.field(name: field.name, value: String(decoding: field.value, as: UTF8.self)))
        }
        (field, file) = (nil, nil)
    }
}

private let noteFormPart: MHD_PostDataIterator = { context, _, name, fileName, _, _, data, offset, count in
    guard let context else { return .NO }
    let reader = Unmanaged<FormReader>.fromOpaque(context).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : count)
    let isTaken = reader.note(
        name: name.map { String(cString: $0) }, fileName: fileName.map { String(cString: $0) }, at: offset,
        bytes)
    return isTaken ? .YES : .NO
}
