import Testing

@testable import Registration

@Suite(.timeLimit(.minutes(1)))
struct MaterialTests {
    @Test(arguments: [
        ("slides.pdf", "slides.pdf"), ("C:\\Users\\ada\\slides.pdf", "slides.pdf"),
        ("/var/slides.pdf", "slides.pdf"), ("  Folien für Zoë.pptx ", "Folien für Zoë.pptx"),
        ("../../etc/passwd", "passwd"), (".hidden", ".hidden"), ("a \"b\"; c.pdf", "a \"b\"; c.pdf"),
    ])
    func `a file keeps the name that it has in its folder`(sent: String, name: String) throws {
        #expect(try Material.fileName(sent) == name)
    }

    @Test(arguments: ["", "  ", ".", "..", "folder/..", "\u{200B}"])
    func `what is no name is refused`(sent: String) {
        #expect(throws: MaterialProblem.nameMissing) { try Material.fileName(sent) }
    }

    @Test func `a name at its limit is taken and one character more is not`() throws {
        let name = String(repeating: "é", count: Material.nameLimit)
        #expect(try Material.fileName(name) == name)
        #expect(throws: MaterialProblem.nameTooLong) { try Material.fileName(name + "é") }
        #expect(throws: MaterialProblem.nameUnprintable) { try Material.fileName("a\r\nb.pdf") }
        #expect(throws: MaterialProblem.nameUnprintable) { try Material.fileName("a\u{202E}fdp.exe") }
    }

    @Test(arguments: [
        "https://example.org", "http://example.org/a?b=c#d", "HTTPS://EXAMPLE.ORG/", "https://[::1]/a",
        "https://müller.example/", "https://example.org/@ada?to=a@b.org",
    ])
    func `an address of the web is taken`(address: String) throws {
        #expect(try Material.address(" \(address) ") == address)
    }

    @Test(arguments: [
        "", "example.org", "javascript:alert(1)", "ftp://example.org", "https://", "https:///a",
        "https://example.org/a b", "https://exa\u{200B}mple.org", "data:text/html,x", "https://\"onx=\"",
        "https://user:pw@example.org", "https://example.org@evil.example/a",
    ])
    func `anything else is not`(address: String) {
        #expect(throws: MaterialProblem.notAnAddress) { try Material.address(address) }
    }

    @Test func `an address at its limit is taken and one character more is not`() throws {
        let start = "https://example.org/"
        let address = start + String(repeating: "a", count: Material.addressLimit - start.count)
        #expect(try Material.address(address) == address)
        #expect(throws: MaterialProblem.addressTooLong) { try Material.address(address + "a") }
    }

    @Test(arguments: [
        ("Slides.PDF", "application/pdf"), ("notes.txt", "text/plain; charset=utf-8"),
        ("page.html", "application/octet-stream"), ("drawing.svg", "application/octet-stream"),
        ("slides.pdf.exe", "application/octet-stream"), ("pdf", "application/octet-stream"),
        (".pdf", "application/pdf"), ("a.", "application/octet-stream"), ("", "application/octet-stream"),
    ])
    func `a file's type is one that runs nothing`(name: String, type: String) {
        #expect(FileKind(of: name).type == type)
    }
}
