import HTTP
import Operations
import Registration
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LettersPageTests {
    private let live = "/organise/\(Sample.event.slug)"
    private var path: String { live + "/letters" }

    /// A house where the letters to these people were refused.
    private func house(refused names: [String]) async throws -> House {
        let house = try await House(letters: true)
        for name in names {
            let email = "\(name.filter { $0.isLetter || $0.isNumber })@example.org"
            _ = try await house.register(RegistrationForm(name: name, email: email))
        }
        for letter in try await house.front.lettersDue(limit: 1_000) {
            try await house.front.noteLetter(
                letter.id, .refused(reason: "The mail server says: 550 No <such> mailbox"))
        }
        return house
    }

    @Test func `organisers see who got no letter and why, and are led there from the live page`() async throws
    {
        let house = try await house(refused: ["Ada <b>", "Bob"])
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let notice = try await visit.get(live).text
        #expect(notice.contains("<a href=\"\(path)\">2 letters were refused</a>"))
        let page = try await visit.get(path).text
        #expect(page.contains("Ada &lt;b&gt;"))
        #expect(
            page.contains("data-label=\"Why\" class=\"wide\"><bdi>The mail server says: 550 No &lt;such&gt;"))
        #expect(!page.lowercased().contains("server said"))
        #expect(page.contains("<span id=\"refused\">2</span>") && page.contains("Registration"))
        #expect(try await visit.get(path + "?before=1").text.contains("None was refused."))
    }

    @Test func `one letter is sent again, or all`() async throws {
        let house = try await house(refused: ["Ada", "Bob", "Cy"])
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let form = try await visit.get(path)
        let again = try await visit.post("\(path)/2/again", [("token", form.token)])
        #expect(again.status == .seeOther)
        #expect(try await visit.follow(again).text.contains("One letter is sent again."))
        #expect(try await house.front.lettersDue(limit: 9).map(\.id.rawValue) == [2])
        let twice = try await visit.post("\(path)/2/again", [("token", form.token)])
        #expect(try await visit.follow(twice).text.contains("There was none to send again."))
        #expect(form.text.contains("name=\"last\" value=\"3\""))
        let all = try await visit.post("\(path)/again", [("token", form.token), ("last", "3")])
        #expect(try await visit.follow(all).text.contains("2 letters are sent again."))
        #expect(try await house.front.lettersDue(limit: 9).count == 3)
        #expect(try await visit.get(live).text.contains("refused") == false)
    }

    @Test func `fifty refusals make a page, and older ones the next`() async throws {
        let house = try await house(refused: (1...51).map { "Person \($0)" })
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        let first = try await visit.get(path).text
        #expect(first.contains("Person 51<") && first.contains("Person 2<") && !first.contains("Person 1<"))
        #expect(first.contains("?before=2\""))
        let second = try await visit.get(path + "?before=2").text
        #expect(second.contains("Person 1<") && !second.contains("?before="))
    }

    @Test func `what is wrong with the mail server is told, and when it is tried again`() async throws {
        let house = try await House(letters: true)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        #expect(try await visit.get(path).text.contains("Why letters wait") == false)
        let retried = house.clock.now.adding(seconds: 60)
        house.front.noteMailTrouble(MailTrouble(reason: "<Connection refused>", retried: retried))
        let page = try await visit.get(path).text
        #expect(
            page.contains("&lt;Connection refused&gt;.</bdi> It is tried") && page.contains("nothing is lost")
        )
        house.front.noteMailTrouble(MailTrouble(reason: "The mail server says: 554 No.", retried: retried))
        #expect(
            try await visit.get(path).text.contains(
                "at the moment. <bdi>The mail server says: 554 No.</bdi> It is tried"))
        house.front.noteMailTrouble(nil)
        #expect(try await visit.get(path).text.contains("Why letters wait") == false)
    }

    @Test func `letters are no matter of reception, and a form of somebody else's changes nothing`()
        async throws
    {
        let house = try await house(refused: ["Ada"])
        let desk = Visit(house)
        try await desk.signIn(.reception)
        #expect(try await desk.get(path).status == .forbidden)
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        for (target, fields) in [("\(path)/1/again", []), ("\(path)/again", [("last", "1")])] {
            #expect(try await visit.post(target, fields).status == .forbidden)
        }
        #expect(try await house.front.lettersDue(limit: 9).isEmpty)
    }

    @Test func `where no letters are sent the page says how they would be`() async throws {
        let house = try await House()
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        #expect(try await visit.get(path).text.contains("sends no letters here"))
    }
}
