public import Badges
internal import Operations
internal import Registration

/// The words of all letters, read from a folder: a file `KIND.txt` for each kind, and the frame of their HTML.
public struct LetterTemplates: Sendable {
    /// Around the body of every letter's HTML.
    public static let frameFile = "frame.html"

    private let letters: [LetterKind: LetterTemplate]
    private let frame: HTMLFrame

    /// Throws all mistakes of all files.
    public init(folder: String) throws(TemplateMistakes) {
        var letters: [LetterKind: LetterTemplate] = [:]
        var mistakes: [TemplateMistake] = []
        for kind in LetterKind.allCases {
            do {
                let file = "\(folder)/\(kind.rawValue).txt"
                let list = MistakeList(file: file)
                var reader = TemplateReader(try LetterTemplates.text(of: file), kind: kind, mistakes: list)
                letters[kind] = reader.read()
                try list.throwIfAny()
            } catch {
                mistakes += error.all
            }
        }
        var frame: HTMLFrame?
        do {
            let file = "\(folder)/\(LetterTemplates.frameFile)"
            frame = try HTMLFrame(LetterTemplates.text(of: file), file: file)
        } catch {
            mistakes += error.all
        }
        guard mistakes.isEmpty, let frame else { throw TemplateMistakes(mistakes) }
        self.letters = letters
        self.frame = frame
    }

    private static func text(of file: String) throws(TemplateMistakes) -> String {
        var bytes = try TemplateFile.read(file, limit: MailLimits.templateBytes)[...]
        // The mark that some editors put first.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let valid = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).firstIndex {
            String(validating: $0, as: UTF8.self) == nil
        }
        throw TemplateMistakes([
            TemplateMistake(
                file: file, line: valid.map { $0 + 1 }, reason: "This is no UTF-8; save the file as that")
        ])
    }
}

/// A letter in words, as text and as HTML.
struct WrittenLetter: Sendable {
    var subject: String
    var text: String
    var html: String
    /// The QR code, which the HTML shows as `cid:` and ``Message/codeID``; nil where it shows none.
    var picture: QRPicture?
}

extension LetterTemplates {
    func write(_ contents: LetterContents) throws(BadgeError) -> WrittenLetter {
        let fields = LetterFields(contents)
        // Every kind has its file: the folder was read whole or not at all.
        guard let template = letters[contents.letter.told.kind] else { preconditionFailure("no such letter") }
        let (subject, lines) = template.fill(fields)
        let showsCode = lines.contains { if case .code = $0 { true } else { false } }
        let picture = showsCode ? try QRPicture(contents.code, modulePixels: MailLimits.modulePixels) : nil
        // Half as large as it is drawn, for sharp screens.
        let body = LetterHTML.body(
            lines, reference: fields[.reference]?.text ?? "", codeSide: (picture?.side ?? 0) / 2)
        return WrittenLetter(
            subject: subject, text: LetterText.body(lines),
            html: frame.fill(fields, subject: subject, body: body),
            picture: picture)
    }
}
