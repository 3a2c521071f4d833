import Badges
import Configuration
import FoundationEssentials

extension Verb {
    static let badgeRender = Verb(
        "badge render", "Draws one badge into a PDF or PNG file.",
        options: [
            Option(
                name: "template", value: "T", help: "a file of the badges' folder, without .svg",
                isNeeded: true),
            Option(name: "name", value: "NAME", help: "whose badge it is", isNeeded: true),
            Option(name: "organisation", value: "TEXT", help: "where they work"),
            Option(name: "role", value: "TEXT", help: "what they do there"),
            Option(name: "reference", value: "TEXT", help: "their reference, such as K7QX2M4P"),
            Option(name: "event", value: "TEXT", help: "the event's title"),
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
        let template = try BadgeTemplate(file: options.templateFile())
        let fields = BadgeFields(
            name: options["name"] ?? "", organisation: options["organisation"] ?? "",
            role: options["role"] ?? "", reference: options["reference"] ?? "",
            event: options["event"] ?? "", sessions: options.all("session"),
            qr: options["code"] ?? sampleCode)
        let output = options["output"] ?? ""
        let bytes: [UInt8] =
            if output.hasSuffix(".pdf") {
                try template.pdf(of: fields)
            } else if output.hasSuffix(".png") {
                try template.png(of: fields, dotsPerInch: options.dotsPerInch())
            } else {
                throw UsageError("-o “\(output)” ends neither in .pdf nor in .png")
            }
        do { try Data(bytes).write(to: URL(filePath: output)) } catch {
            throw Failure(
                "\(output) can't be written. Check that its folder exists and is yours to write to.")
        }
    }

    /// A code that admits nobody, since its digits are no attendee's.
    private static let sampleCode = "00000000000000000000000000.1"
}

extension Options {
    fileprivate func templateFile() throws -> String {
        let name = self["template"] ?? ""
        guard !name.isEmpty, !name.contains("/") else {
            throw UsageError(
                "--template is a file's name without folder and .svg; --badges DIR names the folder")
        }
        guard let folder = self["badges"] else {
            let settings = self["config"] == nil ? Settings() : try settings()
            return "\(try settings.badgeFolder())/\(name).svg"
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
