import Registration
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConsentTests {
    @Test func `each consent is its own question in its own words`() {
        #expect(
            Consent.allCases.map(\.rawValue) == ["newsletter", "funding-newsletter", "photography", "quotes"])
        #expect(Set(Consent.allCases.map(\.wording)).count == Consent.allCases.count)
    }

    @Test func `what was said last holds, and the words it was said under are kept`() {
        func say(_ consent: Consent, _ isGiven: Bool, _ wording: String, _ hour: Int64) -> ConsentStatement {
            ConsentStatement(consent, isGiven: isGiven, wording: wording, at: Sample.hour(hour))
        }
        let said = [
            say(.quotes, true, "old", 1), say(.newsletter, true, "n", 1), say(.quotes, false, "old", 2),
            say(.newsletter, false, "n", 3), say(.quotes, true, "new", 4),
        ]
        #expect(said.standing == [say(.quotes, true, "new", 4)])
        #expect(said.last(of: .newsletter)?.isGiven == false)
        #expect(said.last(of: .photography) == nil)
        #expect([ConsentStatement]().standing.isEmpty)
    }
}
