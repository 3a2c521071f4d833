import Registration
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct HTMLTests {
    func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

    @Test func `what is put in is escaped, in texts and in attributes`() {
        let name = "\"><script>alert('1')</script>&"
        #expect(
            text("<p title=\"\(name)\">\(name)</p>")
                == "<p title=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;\">"
                + "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>")
    }

    @Test func `a piece put into another is not escaped twice`() {
        let inner: HTML = "<b>\("a & b")</b>"
        #expect(
            text("<p>\(inner)\([inner, inner])</p>")
                == "<p><b>a &amp; b</b><b>a &amp; b</b><b>a &amp; b</b></p>")
    }

    @Test func `an invitation to write is a link to whom, where that is known`() {
        #expect(
            text(inviting("Lost it? Then write to us <now>.", to: "a@b.example"))
                == "Lost it? Then <a href=\"mailto:a@b.example\">write to us</a> &lt;now&gt;.")
        #expect(text(inviting("Then write to us.", to: "")) == "Then write to us.")
        #expect(text(inviting("Then don't.", to: "a@b.example")) == "Then don&#39;t.")
    }

    @Test func `one second is one`() {
        #expect(1.seconds == "1 second" && 2.seconds == "2 seconds" && 60.seconds == "60 seconds")
    }

    @Test func `control characters never reach a page`() {
        #expect(text("\("a\u{0}b\u{8}c\u{7F}d\te\nf")") == "abcd\te\nf")
    }

    @Test func `an attribute without a value is left out`() {
        let absent: String? = nil
        #expect(
            text("<i\("id", is: absent)\("hidden", if: false)\("open", if: true)\("title", is: "\"")>")
                == "<i open title=\"&quot;\">")
    }

    @Test func `texts of other scripts and signs stay themselves`() {
        let text = "Zoë 李 عمر 👩🏽‍⚕️ – “ok”"
        #expect(self.text("\(text)") == text)
        #expect(self.text("\(text + "&")") == text + "&amp;")
    }

    @Test func `numbers and references stand as they are`() {
        #expect(text("\(42) \(Reference(number: 0))") == "42 00000000")
    }

    @Test(arguments: [
        ("https://example.org/a?b=1&c", true), ("HTTP://EXAMPLE.ORG", true), ("javascript:alert(1)", false),
        (" javascript:alert(1)", false), ("data:text/html,<script>", false), ("//evil.example", false),
    ])
    func `only links of the web become links`(text: String, isLink: Bool) {
        #expect(self.text(outsideLink(text)).contains("href") == isLink)
    }

    @Test(arguments: [
        ("/desk", true), ("/desk/a?q=1", true), ("//evil.example", false), ("/\\evil.example", false),
        ("https://evil.example", false), ("desk", false), ("", false), ("/a\r\nSet-Cookie: b", false),
        ("/\t/evil.example", false), ("/desk é", false), ("/" + String(repeating: "a", count: 600), false),
    ])
    func `a sign-in leads to paths of this site alone`(text: String, isLocal: Bool) {
        #expect((LocalPath(text) != nil) == isLocal)
    }
}
