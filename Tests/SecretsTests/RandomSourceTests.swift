import Secrets
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RandomSourceTests {
    let random = RandomSource()

    @Test func `a token of 160 bits is 32 characters of base 32 and never the same twice`() {
        let tokens = (0..<500).map { _ in random.token() }
        #expect(Set(tokens).count == 500)
        #expect(tokens.allSatisfy { $0.utf8.count == 32 })
        #expect(Set(tokens.joined()) == Set("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
    }

    @Test(arguments: [(1, 1), (5, 1), (6, 2), (128, 26), (256, 52)])
    func `a token has as many characters as its bits need`(bits: Int, characters: Int) {
        #expect(random.token(bits: bits).utf8.count == characters)
    }

    @Test func `as many bytes come as were asked for`() {
        #expect(random.bytes(0).isEmpty)
        #expect(random.bytes(33).count == 33)
        #expect(random.bytes(32) != random.bytes(32))
    }
}
