import Badges
import FoundationEssentials
import Registration
import TestPeers
import Testing

@testable import Mail

/// The files that organisers edit.
@Suite(.timeLimit(.minutes(1)))
struct TemplateTests {
    /// The shipped folder with one file exchanged.
    private func mistakes(_ text: String, in file: String = "link.txt") throws -> [String] {
        try mistakes(Array(text.utf8), in: file)
    }

    private func mistakes(_ bytes: [UInt8]?, in file: String) throws -> [String] {
        let folder = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: PostOffice.templateFolder) {
            try FileManager.default.copyItem(
                atPath: "\(PostOffice.templateFolder)/\(name)", toPath: folder.path(name))
        }
        try folder.remove(file)
        if let bytes { try Data(bytes).write(to: URL(filePath: folder.path(file))) }
        do {
            _ = try LetterTemplates(folder: folder.path)
            return []
        } catch {
            return error.all.map { "\($0)".replacing(folder.path + "/", with: "") }
        }
    }

    @Test func `the shipped letters are right as they are`() throws {
        _ = try LetterTemplates(folder: PostOffice.templateFolder)
    }

    @Test(arguments: [
        ("Hello\n{{page}}", "link.txt:1: The first line is to be “Subject: ” and the letter's subject"),
        ("", "link.txt:1: The first line is to be “Subject: ” and the letter's subject"),
        ("Subject:\n\n{{page}}", "link.txt:1: The subject is empty"),
        (
            "Subject: A\n\nHello {{nmae}}\n{{page}}",
            "link.txt:3: There is no {{nmae}} here; there are: name, event, venue, when, day, starts, ends, reference, contact, page, register"
        ),
        ("Subject: A\n\n{{page}}\n{{#if booked}}\nB", "link.txt:4: {{#if}} has no {{/if}}"),
        (
            "Subject: A\n\n{{page}}\n{{#if booked}}\n{{/each}}\n{{/if}}",
            "link.txt:5: {{/each}} ends what was not begun: open is {{/if}} of line 4"
        ),
        ("Subject: A\n{{page}}\n{{/if}}", "link.txt:3: {{/if}} ends what was not begun: open is nothing"),
        ("Subject: A\n{{page}}\n{{#}}", "link.txt:3: A block is {{#if …}}, {{#unless …}} or {{#each …}}"),
        ("Subject: A\n{{page}}\n{{/}}", "link.txt:3: {{/}} ends what was not begun: open is nothing"),
        (
            "Subject: A\n{{page}}\n{{#each books}}\n{{/each}}",
            "link.txt:3: There is no list “books”; there are: booked, waiting, gained, released, joined, left, kept"
        ),
        (
            "Subject: A\n{{page}}\n{{#if books}}\n{{/if}}",
            "link.txt:3: “books” can't be asked for; there are: coming, held, cancelled, open, moved, swaps, stays, booked, waiting, gained, released, joined, left, kept"
        ),
        ("Subject: A\n{{page}}\n{{name", "link.txt:3: {{ has no }} on its line"),
        ("Subject: A\n{{page}}\nCode: {{qr}}", "link.txt:3: {{qr}} is to stand alone on its line"),
        (
            "Subject: A\n{{page}}\n{{#if booked}} x",
            "link.txt:3: A line with {{# or {{/ holds nothing else"
        ),
        ("Subject: A\n\nHello", "link.txt: The letter has nowhere {{page}}, which it is for"),
        (
            "Subject: A\n{{page}}\n{{session}}",
            "link.txt:3: There is no {{session}} here; there are: name, event, venue, when, day, starts, ends, reference, contact, page, register"
        ),
    ])
    func `a mistake is told with its file, its line and what to write`(text: String, mistake: String) throws {
        #expect(try mistakes(text) == [mistake])
    }

    @Test func `a file that is missing, too large or no UTF-8 is told too`() throws {
        #expect(
            try mistakes(nil, in: "waiting.txt") == [
                "waiting.txt: This can't be read: No such file or directory"
            ])
        let large = Array("Subject: A\n{{page}}\n".utf8)
        let limit = MailLimits.templateBytes
        #expect(
            try mistakes(large + Array(repeating: 0x61, count: limit - large.count), in: "link.txt") == [])
        #expect(
            try mistakes(large + Array(repeating: 0x61, count: limit - large.count + 1), in: "link.txt")
                == ["link.txt: The file is larger than 64 KiB"])
        #expect(
            try mistakes(large + [0xE9, 0x0A], in: "link.txt")
                == ["link.txt:3: This is no UTF-8; save the file as that"])
        #expect(
            try mistakes(
                [0xEF, 0xBB, 0xBF] + large.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, in: "link.txt") == []
        )
    }

    @Test func `a frame needs a place for the letter and knows its own fields alone`() throws {
        #expect(
            try mistakes("<p>{{name}}</p>", in: "frame.html") == [
                "frame.html: The frame has no {{body}}, where the letters stand",
                "frame.html:1: There is no {{name}} here; there are: subject, body, event, venue, when, contact, reference",
            ])
    }

    @Test(arguments: [("confirm-address.txt", "{{confirm}}"), ("address-changed.txt", "{{contact}}")])
    func `a letter to an address that may be another's gives away neither page nor code`(
        file: String, needed: String
    ) throws {
        let found = try mistakes("Subject: A\n{{page}}\n{{qr}}\n\(needed)", in: file)
        #expect(
            found.count == 2 && found[0].contains(":2: There is no {{page}}")
                && found[1].contains(":3: {{qr}}"))
        #expect(
            try mistakes("Subject: A\n\nHello", in: file) == [
                "\(file): The letter has nowhere \(needed), which it is for"
            ])
    }
}
