import Secrets
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct PasswordHashTests {
    @Test func `a password matches its own hash alone, and no two hashes are the same`() throws {
        let hash = try PasswordHash(of: "correct horse battery staple")
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(try PasswordHash(text: hash.text).matches("correct horse battery staple"))
        #expect(try !hash.matches("correct horse battery stapl"))
        #expect(try !hash.matches(""))
        #expect(try hash.text != PasswordHash(of: "correct horse battery staple").text)
        #expect(!hash.isOutdated)
    }

    @Test func `a password may be any text up to the limit`() throws {
        let longest = String(repeating: "é", count: PasswordHash.lengthLimit / 2)
        let hash = try PasswordHash(of: longest)
        #expect(try hash.matches(longest))
        #expect(try !hash.matches(longest + "x"))
        #expect(throws: PasswordFault.tooLong) { try PasswordHash(of: longest + "x") }
    }

    @Test func `a hash made with smaller costs is outdated but still matches`() throws {
        // argon2 of "password" with 256 KiB and 1 pass, by the reference program.
        let hash = PasswordHash(
            text: "$argon2id$v=19$m=256,t=1,p=1$c29tZXNhbHQxMjM0$jH9a/zDy5MZg8pcauzX/85M2zrtIU161IKS5Z6dlwso")
        #expect(hash.isOutdated)
        #expect(try hash.matches("password"))
        #expect(try !hash.matches("passwort"))
    }

    @Test(arguments: ["", "password", "$argon2id$v=19$m=65536,t=2,p=1$", "$argon2id$\u{0}"])
    func `what is no hash is a fault, not a wrong password`(text: String) {
        #expect(throws: PasswordFault.notAHash) { try PasswordHash(text: text).matches("password") }
        #expect(PasswordHash(text: text).isOutdated)
    }
}
