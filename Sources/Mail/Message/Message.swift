import FoundationEssentials
import Glibc
internal import Badges
internal import Operations
internal import Registration

/// A letter as it goes over the wire, the same bytes each time that it is made.
struct Message: Sendable {
    /// Whom it goes to.
    var recipient: Mailbox
    var bytes: [UInt8]
}

extension Message {
    /// How a letter's HTML names its QR code.
    static let codeID = "code@lanyard"

    /// - Parameter recipient: the letter's address, read.
    init(_ contents: LetterContents, to recipient: Mailbox, from sender: Sender, templates: LetterTemplates)
        throws
    {
        let letter = try templates.write(contents)
        let html = Part.text("html", letter.html)
        var alternatives: [Part] = [.text("plain", letter.text)]
        if let picture = letter.picture {
            let head = [
                "Content-Type: image/png", "Content-ID: <\(Message.codeID)>",
                "Content-Disposition: inline; filename=\"code.png\"",
            ]
            alternatives.append(.several("related", [html, .bytes(head, picture.png)]))
        } else {
            alternatives.append(html)
        }
        var parts: [Part] = []
        if let calendar = CalendarFile(contents, to: recipient, from: sender) {
            // Programs that put invitations into calendars look for them among the alternatives, others for a file.
            let method = calendar.method
            alternatives.append(
                .bytes(["Content-Type: text/calendar; charset=utf-8; method=\(method)"], calendar.bytes))
            parts.append(
                .bytes(
                    [
                        "Content-Type: application/ics; name=\"event.ics\"",
                        "Content-Disposition: attachment; filename=\"event.ics\"",
                    ], calendar.bytes))
        }
        let boundary = "=_\(contents.messageKey)"
        let alternative = Part.several("alternative", alternatives)
        let body = parts.isEmpty ? alternative : .several("mixed", [alternative] + parts)
        self.recipient = recipient
        bytes =
            Array(
                (Message.head(contents, subject: letter.subject, to: recipient, from: sender)
                    .joined(separator: "\r\n") + "\r\n").utf8) + body.write(boundary: boundary)
    }

    private static func head(
        _ contents: LetterContents, subject: String, to recipient: Mailbox, from sender: Sender
    ) -> [String] {
        var lines = [
            "Date: \(MailDate.text(contents.letter.written))",
            HeaderField.mailbox("From", sender.mailbox, called: sender.name),
            HeaderField.mailbox("To", recipient, called: contents.attendee.name),
            HeaderField.text("Subject", subject),
            "Message-ID: <\(contents.messageKey)@\(sender.mailbox.domain)>",
            // So that nobody's absence notice answers it (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
        if let contact = Mailbox(contents.event.contact), !contact.needsUTF8 {
            lines.append(HeaderField.mailbox("Reply-To", contact, called: contents.event.title))
        }
        return lines
    }
}

/// Moments as mail writes them (RFC 5322, section 3.3).
enum MailDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ moment: Timestamp) -> String {
        var seconds = time_t(moment.rawValue / 1_000)
        var date = tm()
        gmtime_r(&seconds, &date)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(days[Int(date.tm_wday)]), \(date.tm_mday) \(months[Int(date.tm_mon)]) \(date.tm_year + 1_900) "
            + "\(two(date.tm_hour)):\(two(date.tm_min)):\(two(date.tm_sec)) +0000"
    }
}
