import Configuration
import Mail
import Synchronization

/// The letters' templates in use, which a SIGHUP replaces all at once or, if one has a mistake, not at all.
final class LetterShelf: Sendable {
    private let folder: String
    private let current: Mutex<LetterTemplates>

    /// Reads the folder that the settings name, or Lanyard's own.
    init(_ mail: Settings.Mail) throws {
        folder = try mail.templates ?? SharedFiles.find("Config/letters")
        current = Mutex(try LetterTemplates(folder: folder))
    }

    var templates: LetterTemplates { current.withLock { $0 } }

    func reload() throws {
        let fresh = try LetterTemplates(folder: folder)
        current.withLock { $0 = fresh }
    }
}
