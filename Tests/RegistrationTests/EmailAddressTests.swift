import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EmailAddressTests {
    @Test(arguments: [
        "a@b.c", "ada.lovelace+conference@mail.example.org", "o'brien!#$%&*/=?^_`{|}~@example.org",
        "jörg@bücher.example", "用户@例子.公司", "1@2.3", "a@\(String(repeating: "d", count: 63)).org",
    ])
    func `what could be an address is taken as it is typed`(typed: String) {
        #expect(EmailAddress(typed)?.text == typed)
        #expect(EmailAddress(" \(typed)\u{A0}\n")?.text == typed)
    }

    @Test(arguments: [
        "", " ", "@", "ada", "ada@", "@example.org", "ada@example", "ada@example..org", "ada@.org",
        "ada@example.", "ada@@example.org", "a@b@example.org", "ada lovelace@example.org", "ada@exam ple.org",
        "ada@\u{3000}.org", "ada,bob@example.org", "ada;@example.org", "Ada <ada@example.org>",
        "ada@[127.0.0.1]", "\"ada\"@example.org", "ada\0@example.org", "ada@example.org\u{7F}",
        "ada@example.org\r\nBcc: all@example.org", "ada:@example.org", "ada\\@example.org",
        "a@\(String(repeating: "d", count: 64)).org", "\(String(repeating: "l", count: 255))@b.c",
        "ada\u{9B}@example.org", "ada\u{2028}@example.org",
    ])
    func `what can't be one is refused`(typed: String) {
        #expect(EmailAddress(typed) == nil)
    }

    @Test(arguments: [
        ("Ada@Example.ORG", " ada@example.org"), ("JÖRG@BÜCHER.EXAMPLE", "jörg@bücher.example"),
        ("ΣΟΦΙΑ@example.gr", "σοφια@example.gr"),
    ])
    func `addresses that differ in case or white space are one person's`(left: String, right: String) throws {
        #expect(try #require(EmailAddress(left)).key == #require(EmailAddress(right)).key)
    }

    @Test func `addresses that differ otherwise are two people's`() throws {
        let keys = try ["ada@example.org", "a.da@example.org", "ada+1@example.org", "ada@example.com"].map {
            try #require(EmailAddress($0)).key
        }
        #expect(Set(keys).count == keys.count)
    }

    @Test(arguments: [
        ("jose\u{301}@example.org", "jos\u{E9}@example.org"),
        ("\u{212B}ngstrom@a.se", "a\u{30A}ngstro\u{6D}@a.se"),
        ("e\u{302}\u{323}@a.vn", "\u{1EC7}@a.vn"), ("e\u{323}\u{302}@a.vn", "E\u{302}\u{323}@a.vn"),
        ("\u{1112}\u{1161}\u{11AB}@a.kr", "한@a.kr"), ("\u{995}\u{9C7}\u{9BE}@a.in", "\u{995}\u{9CB}@a.in"),
        ("I\u{307}@a.tr", "\u{130}@a.tr"), ("STRASSE@a.de", "straße@a.de"), ("σοφιας@a.gr", "ΣΟΦΙΑΣ@a.gr"),
        ("\u{1C5}@a.hr", "\u{1C4}@a.hr"),
        ("\u{F900}@a.cn", "\u{8C48}@a.cn"), ("\u{212A}im@a.org", "kim@a.org"),
        ("\u{1F0}@a.org", "J\u{30C}@a.org"), ("\u{3B1}\u{345}\u{301}@a.gr", "\u{1FB4}@a.gr"),
    ])
    func `addresses that read the same are the same bytes, however they were typed`(
        left: String, right: String
    ) throws {
        let (left, right) = (try #require(EmailAddress(left)), try #require(EmailAddress(right)))
        #expect(Array(left.key.utf8) == Array(right.key.utf8))
        let again = try #require(EmailAddress(left.key))
        #expect(Array(again.key.utf8) == Array(left.key.utf8))
    }

    @Test(arguments: ["संपर्क@डाटामेल.भारत", "ın@example.org", "İ@example.org", "นาย@a.th", "محمد@a.eg"])
    func `addresses of all scripts are taken`(typed: String) {
        #expect(EmailAddress(typed)?.text == typed)
    }

    @Test func `the dotless i stays a letter of its own`() {
        #expect(EmailAddress("ın@example.org")?.key != EmailAddress("in@example.org")?.key)
    }

    @Test(arguments: [
        "ada\u{200B}@example.org", "a\u{AD}da@example.org", "ada@exam\u{200D}ple.org",
        "\u{FEFF}ada@example.org",
        "ada\u{202E}@example.org", "ada\u{FE0F}@example.org", "\u{E9}\u{323}@example.org",
        "x\u{301}@example.org",
    ])
    func `what nobody sees, and accents without a letter of their own, are refused`(typed: String) {
        #expect(EmailAddress(typed) == nil)
    }
}
