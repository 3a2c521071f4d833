import Secrets
import Testing

@Suite(.timeLimit(.minutes(1)))
struct KeyedTests {
    let link = KeyedLink(key: [UInt8](repeating: 7, count: 32))
    let form = FormToken(key: [UInt8](repeating: 7, count: 32))

    @Test func `a link opens what it was made for and nothing else`() {
        let text = link.text(purpose: "attendee", number: 12)
        #expect(text.utf8.count == KeyedLink.length)
        #expect(link.matches(text, purpose: "attendee", number: 12))
        #expect(!link.matches(text, purpose: "attendee", number: 13))
        #expect(!link.matches(text, purpose: "attende", number: 12))
        let other = KeyedLink(key: [UInt8](repeating: 8, count: 32))
        #expect(!other.matches(text, purpose: "attendee", number: 12))
    }

    @Test func `a link read out or typed in small letters still opens`() {
        for number in 0..<200 as Range<UInt64> {
            let typed = link.text(purpose: "attendee", number: number).lowercased()
                .map { $0 == "0" ? "o" : $0 == "1" ? "l" : $0 }
            #expect(link.matches(String(typed), purpose: "attendee", number: number))
        }
    }

    @Test func `one wrong character anywhere closes a link`() {
        let text = Array(link.text(purpose: "attendee", number: 12))
        for index in text.indices {
            var wrong = text
            wrong[index] = wrong[index] == "7" ? "8" : "7"
            #expect(!link.matches(String(wrong), purpose: "attendee", number: 12))
        }
        for wrong in ["", String(text.dropLast()), String(text) + "0", "é" + text.dropFirst(2)] {
            #expect(!link.matches(wrong, purpose: "attendee", number: 12))
        }
    }

    @Test func `a form's token is good in its own session alone`() {
        let token = form.text(session: "one")
        #expect(form.matches(token, session: "one"))
        #expect(!form.matches(token, session: "two"))
        #expect(!form.matches("", session: "one"))
        #expect(!form.matches(token.lowercased(), session: "one"))
        #expect(token != link.text(purpose: "one", number: 0))
    }

    @Test func `a token's hash is BLAKE2b-256 in small hexadecimal`() {
        // b2sum -l 256 of "abc".
        #expect(
            TokenHash(of: "abc").text == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
        #expect(TokenHash(of: "abd") != TokenHash(of: "abc"))
    }
}
