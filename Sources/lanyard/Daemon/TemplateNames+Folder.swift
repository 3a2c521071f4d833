import Badges
import Configuration
import FoundationEssentials

extension TemplateNames {
    /// Those of a folder; nil where it can't be read, which whoever needs a template of it is told.
    init?(folder: String) {
        guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        let names = files.filter { $0.hasSuffix(".svg") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }
        let isCertificate: (String) -> Bool = { $0.hasPrefix(CertificateTemplate.filePrefix) }
        self.init(
            badges: names.filter { !isCertificate($0) }.sorted(),
            certificates: names.filter(isCertificate).sorted())
    }
}
