/// What a file is by the end of its name, for those kinds that may be told to a browser.
///
/// None of them runs anything: a page or a drawing with scripts in it would act as this site if it were opened.
public struct FileKind: Hashable, Sendable {
    /// Its media type.
    public let type: String
    /// For people, such as `PowerPoint`.
    public let words: String

    /// What every other file is.
    public static let other = FileKind(type: "application/octet-stream", words: "File")

    /// - Parameter name: of the file, such as `Slides.PDF`.
    public init(of name: String) {
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
        self = ending.flatMap { FileKind.known[$0.lowercased()] } ?? .other
    }

    private init(type: String, words: String) {
        self.type = type
        self.words = words
    }

    private static let known: [String: FileKind] = [
        "pdf": FileKind(type: "application/pdf", words: "PDF"),
        "pptx": office("presentationml.presentation", "PowerPoint"),
        "ppt": FileKind(type: "application/vnd.ms-powerpoint", words: "PowerPoint"),
        "docx": office("wordprocessingml.document", "Word"),
        "doc": FileKind(type: "application/msword", words: "Word"),
        "xlsx": office("spreadsheetml.sheet", "Excel"),
        "odp": openDocument("presentation", "Slides"), "odt": openDocument("text", "Text"),
        "ods": openDocument("spreadsheet", "Spreadsheet"),
        "key": FileKind(type: "application/vnd.apple.keynote", words: "Keynote"),
        "txt": FileKind(type: "text/plain; charset=utf-8", words: "Text"),
        "csv": FileKind(type: "text/csv; charset=utf-8", words: "CSV"),
        "zip": FileKind(type: "application/zip", words: "ZIP"),
        "epub": FileKind(type: "application/epub+zip", words: "E-book"),
        "png": FileKind(type: "image/png", words: "Picture"),
        "jpg": FileKind(type: "image/jpeg", words: "Picture"),
        "jpeg": FileKind(type: "image/jpeg", words: "Picture"),
        "mp3": FileKind(type: "audio/mpeg", words: "Audio"),
        "mp4": FileKind(type: "video/mp4", words: "Video"),
    ]

    private static func office(_ kind: String, _ words: String) -> FileKind {
        FileKind(type: "application/vnd.openxmlformats-officedocument.\(kind)", words: words)
    }

    private static func openDocument(_ kind: String, _ words: String) -> FileKind {
        FileKind(type: "application/vnd.oasis.opendocument.\(kind)", words: words)
    }
}
