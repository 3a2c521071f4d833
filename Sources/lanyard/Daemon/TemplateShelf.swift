import Badges
import Configuration
import FoundationEssentials
import Synchronization

/// The badge templates in use, which a SIGHUP replaces all at once or, if one has a mistake, not at all.
final class TemplateShelf: Sendable {
    private let folder: String
    private let wanted: [Settings.Printer]
    private let templates: Mutex<Templates>

    private struct Templates {
        var badges: [String: BadgeTemplate]
        var certificate: CertificateTemplate
    }

    /// Reads the folder, and makes sure that each printer's template is in it.
    init(folder: String, printers: [Settings.Printer]) throws {
        self.folder = folder
        wanted = printers
        templates = Mutex(try TemplateShelf.read(folder, for: printers))
    }

    subscript(name: String) -> BadgeTemplate? {
        templates.withLock { $0.badges[name] }
    }

    var certificate: CertificateTemplate { templates.withLock { $0.certificate } }

    func reload() throws {
        let fresh = try TemplateShelf.read(folder, for: wanted)
        templates.withLock { $0 = fresh }
    }

    private static func read(
        _ folder: String, for printers: [Settings.Printer]
    ) throws -> Templates {
        let templates = try loadTemplates(folder: folder)
        let names = Set(printers.map(\.template)).union([Settings.Printer.defaultTemplate])
        if let missing = names.sorted().first(where: { templates[$0] == nil }) {
            let there = templates.keys.sorted().joined(separator: ", ")
            let use =
                missing == Settings.Printer.defaultTemplate
                ? " Attendees' own badges are drawn with it; copy it there from Lanyard's Badges." : ""
            throw Failure("There is no template “\(missing)” in \(folder), which has: \(there).\(use)")
        }
        return Templates(badges: templates, certificate: try readCertificate(folder))
    }

    /// The folder's own, or Lanyard's where a folder of badges has none.
    private static func readCertificate(_ folder: String) throws -> CertificateTemplate {
        let name = "/\(CertificateTemplate.fileName).svg"
        let isThere = FileManager.default.fileExists(atPath: folder + name)
        return try CertificateTemplate(file: (isThere ? folder : try SharedFiles.find("Badges")) + name)
    }
}
