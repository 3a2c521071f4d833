/// What a route takes in that is too large to be kept in memory: its handler is called when the headers are here,
/// and reads the body piece by piece with `Request.upload`.
///
/// Nothing of the body is read before the handler asks for its first piece, so it can refuse whoever may not send
/// one. What it answers before the body's end ends the connection.
public struct Upload: Sendable {
    public enum Kind: Sendable {
        /// The body's bytes as they are.
        case bytes
        /// A form with files (`multipart/form-data`, RFC 7578); anything else is answered 415.
        case form
    }

    public let kind: Kind
    /// The most that a body may have; past it 413.
    public let limitBytes: Int
    /// How long the body may take to arrive, from when the handler asked for it.
    public let seconds: Double

    public init(_ kind: Kind, limitBytes: Int, seconds: Double) {
        self.kind = kind
        self.limitBytes = limitBytes
        self.seconds = seconds
    }

    /// The most that a field of a form may have that is no file; past it 413.
    public static let fieldLimitBytes = 64 << 10
}

/// A part of an upload, in the order in which it was sent.
public enum UploadPiece: Hashable, Sendable {
    /// A field of a form, whole.
    case field(name: String, value: String)
    /// A file of a form begins: the field's name and what the sender calls the file, which may be empty.
    case file(name: String, fileName: String)
    /// The next bytes of the file that began last, or of the body where it is no form; never empty.
    case bytes([UInt8])
}

/// Where a handler reads its upload from.
public struct UploadReader: Sendable {
    private let read: @Sendable () async throws -> UploadPiece?

    /// - Parameter read: answers the next piece, nil at the end and from then on.
    public init(_ read: @escaping @Sendable () async throws -> UploadPiece?) {
        self.read = read
    }

    /// What is here already.
    public init(_ pieces: [UploadPiece]) {
        let rest = PiecesLeft(pieces)
        read = { await rest.next() }
    }

    /// The next piece; nil at the end. Waits while the client sends slowly.
    ///
    /// Throws `RequestError` where the body is too large, is no such form, or broke off.
    public func next() async throws -> UploadPiece? {
        try await read()
    }
}

private actor PiecesLeft {
    private var pieces: ArraySlice<UploadPiece>

    init(_ pieces: [UploadPiece]) {
        self.pieces = pieces[...]
    }

    func next() -> UploadPiece? { pieces.popFirst() }
}
