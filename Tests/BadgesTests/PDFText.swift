import TestPeers

/// The text of a PDF, as a person selecting it gets it.
enum PDFText {
    /// Lines and spaces as one space each.
    static func of(_ pdf: [UInt8]) async throws -> String {
        let folder = try TemporaryFolder()
        let file = try folder.write(pdf, to: "page.pdf")
        let text = try await Program.run("pdftotext", arguments: ["-enc", "UTF-8", file, "-"])
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
