import Badges
import Configuration
import FoundationEssentials

extension Verb {
    static let badgeRender = Verb(
        "badge render", "Draws one badge, or a sample certificate, into a PDF or PNG file.",
        options: [
            Option(
                name: "template", value: "T", help: "a file of the badges' folder, without .svg",
                isNeeded: true),
            Option(name: "name", value: "NAME", help: "whose badge it is", isNeeded: true),
            Option(name: "organisation", value: "TEXT", help: "where they work"),
            Option(name: "role", value: "TEXT", help: "what they do there"),
            Option(name: "reference", value: "TEXT", help: "their reference, such as K7QX2M4P"),
            Option(name: "event", value: "TEXT", help: "the event's title; a sample if not given"),
            Option(name: "session", value: "TEXT", help: "a session that they booked", repeats: true),
            Option(name: "code", value: "TEXT", help: "what the QR code holds; a sample if not given"),
            Option(
                name: "dpi", value: "N", help: "dots per inch of a PNG file, 36 to 1200; 300 if not given"),
            Option(name: "badges", value: "DIR", help: "the templates' folder, instead of Lanyard's own"),
            Option(name: "config", value: "FILE", help: "a configuration that names the templates' folder"),
            Option(
                name: "output", value: "FILE", help: "the file to write, ending in .pdf or .png", short: "o",
                isNeeded: true),
        ]
    ) { options in
        guard options["name"]?.isEmpty == false else { throw UsageError("--name is empty") }
        let file = try options.templateFile()
        if options.isCertificate {
            try write(try sampleCertificate(file, options), options)
            return Console.complain("The certificate is in \(options["output"] ?? "").")
        }
        let template = try BadgeTemplate(file: file)
        let fields = BadgeFields(
            name: options["name"] ?? "", organisation: options["organisation"] ?? "",
            role: options["role"] ?? "", reference: options["reference"] ?? "",
            event: options["event"] ?? sampleEvent, sessions: options.all("session"),
            qr: options["code"] ?? sampleCode)
        let bytes =
            try options.isPDF
            ? template.pdf(of: fields) : template.png(of: fields, dotsPerInch: options.dotsPerInch())
        try write(bytes, options)
        Console.complain("The badge is in \(options["output"] ?? "").")
    }

    /// With what is not asked for filled in, so that each text of the template is seen.
    private static func sampleCertificate(_ file: String, _ options: Options) throws -> [UInt8] {
        let template = try CertificateTemplate(file: file)
        var fields = CertificateFields(
            name: options["name"] ?? "", event: options["event"] ?? sampleEvent, venue: "The venue",
            dates: "Wednesday 4 December 2024", reference: options["reference"] ?? "00000000",
            verification: "00000000-0000-0000-0000", address: "events.example.org/verify",
            qr: options["code"] ?? "https://events.example.org/verify/00000000-0000-0000-0000")
        fields.organisation = options["organisation"] ?? ""
        fields.role = options["role"] ?? ""
        fields.sessions = options.all("session")
        fields.contact = "events@example.org"
        return try options.isPDF
            ? template.pdf(of: fields) : template.png(of: fields, dotsPerInch: options.dotsPerInch())
    }

    private static func write(_ bytes: [UInt8], _ options: Options) throws {
        let output = options["output"] ?? ""
        do { try Data(bytes).write(to: URL(filePath: output)) } catch {
            throw Failure(
                "\(output) can't be written. Check that its folder exists and is yours to write to.")
        }
    }

    private static let sampleEvent = "The event's title"
    /// A code that admits nobody, since its digits are no attendee's.
    private static let sampleCode = "00000000000000000000000000.1"
}

extension Options {
    fileprivate var isCertificate: Bool {
        templateName.hasPrefix(CertificateTemplate.filePrefix)
    }

    /// Also of somebody who wrote the file's whole name.
    fileprivate var templateName: String {
        let name = self["template"] ?? ""
        return name.hasSuffix(".svg") ? String(name.dropLast(4)) : name
    }

    /// Else it is to be a PNG file.
    fileprivate var isPDF: Bool {
        get throws {
            let output = self["output"] ?? ""
            guard output.hasSuffix(".pdf") || output.hasSuffix(".png") else {
                throw UsageError("-o “\(output)” ends neither in .pdf nor in .png")
            }
            return output.hasSuffix(".pdf")
        }
    }

    fileprivate func templateFile() throws -> String {
        let name = templateName
        guard !name.isEmpty, !name.contains("/") else {
            throw UsageError("--template is a file's name without its folder; --badges DIR names the folder")
        }
        let folder =
            try self["badges"] ?? (self["config"] == nil ? Settings() : settings()).badgeFolder()
        let names = TemplateNames(folder: folder)
        let all = (names?.badges ?? []) + (names?.certificates ?? [])
        guard names == nil || all.contains(name) else {
            throw Failure(
                "There is no template “\(name)” in \(folder), which has: \(all.joined(separator: ", ")).")
        }
        return "\(folder)/\(name).svg"
    }

    fileprivate func dotsPerInch() throws(UsageError) -> Double {
        guard let text = self["dpi"] else { return 300 }
        guard let number = Double(text), BadgeTemplate.resolutions.contains(number) else {
            throw UsageError("--dpi is a number from 36 to 1200, not “\(text)”")
        }
        return number
    }
}
