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
}
