import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

/// Letters on their way to a real mail server that misbehaves as they do.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct DeliveryTests {
    @Test func `a letter arrives once, from the sender, at its recipient`() async throws {
        let server = try await MailServer()
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await office.wait(1, .sent)
        let letters = try server.letters
        #expect(letters.map(\.recipient) == ["ada@example.org"])
        #expect(letters.map(\.sender) == ["events@example.org"])
        #expect(letters[0].client.contains("."))
    }

    @Test func `a hundred letters arrive in their order over one connection, quickly`() async throws {
        let server = try await MailServer()
        let office = try await PostOffice(server)
        let addresses = (1...100).map { "person\($0)@example.org" }
        for address in addresses { try await office.write(toNew: address) }
        let began = ContinuousClock.now
        office.open()
        try await office.wait(100, .sent)
        #expect(began.duration(to: .now) < .seconds(10))
        #expect(try server.letters.map(\.recipient) == addresses)
        #expect(Set(try server.letters.map(\.connection)).count == 1)
    }

    @Test
    func `a recipient refused for good ends with the server's words, without addresses, and holds up nobody`()
        async throws
    {
        let server = try await MailServer(
            .init(), .refuse("gone", with: "550 5.1.1 <gone@example.org>: Mailbox gone is unknown"))
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "gone@example.org")
        try await office.write(toNew: "ada@example.org")
        try await office.wait(1, .failed)
        try await office.wait(1, .sent)
        #expect(
            try await office.refusals() == [
                "The mail server says: 550 5.1.1 (address) Mailbox (address) is unknown"
            ])
        #expect(try server.letters.map(\.recipient) == ["ada@example.org"])
    }

    @Test func `a letter that was refused arrives once the address is right and it is sent again`()
        async throws
    {
        let server = try await MailServer(.init(), .refuse("gone", with: "550 5.1.1 Mailbox unknown"))
        let office = try await PostOffice(server)
        office.open()
        let letter = try await office.write(toNew: "gone@example.org")
        try await office.wait(1, .failed)
        let outbox = try #require(try await office.front.outbox(event: "day", limit: 10))
        #expect(outbox.refused == 1 && outbox.waiting == 0 && outbox.sent == 0 && !outbox.hasMore)
        let refusal = try #require(outbox.refusals.first)
        #expect(refusal.letter.id == letter.id && refusal.attendee.email == "gone@example.org")
        _ = try await office.front.change(
            event: "day", reference: refusal.attendee.reference,
            AttendeeChange(email: "here@example.org"), byStaff: true)
        #expect(try await office.front.tryLetterAgain(event: "day", letter.id))
        try await office.wait(1, .sent)
        #expect(try server.letters.map(\.recipient) == ["here@example.org"])
        #expect(try await office.front.tryLetterAgain(event: "day", letter.id) == false)
    }

    @Test func `all that were refused are sent again together, but not what is refused since`() async throws {
        let server = try await MailServer(.init(), .refuse("gone", with: "550 5.1.1 Mailbox unknown"))
        let office = try await PostOffice(server)
        office.open()
        for number in 1...3 { try await office.write(toNew: "gone\(number)@example.org") }
        try await office.wait(3, .failed)
        let newest = try #require(try await office.front.outbox(event: "day", limit: 1)?.refusals.first)
        #expect(try await office.front.outbox(event: "day", limit: 1)?.hasMore == true)
        try await office.write(toNew: "gone4@example.org")
        try await office.wait(4, .failed)
        try server.behave()
        #expect(
            try await office.front.tryAllLettersAgain(event: "day", upTo: newest.letter.id) == 3)
        try await office.wait(3, .sent)
        #expect(try server.letters.count == 3)
        #expect(try await office.front.outbox(event: "day", limit: 9)?.refusals.count == 1)
    }

    @Test func `organisers are told why no letter can be sent, until one was`() async throws {
        let server = try await MailServer(.init(), .refuseSender("421 4.3.2 Closing"))
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await eventually("trouble is told") {
            try await office.front.outbox(event: "day", limit: 1)?.trouble?.reason.contains("Closing")
        }
        try server.behave()
        try await office.wait(1, .sent)
        try await eventually("it is over") {
            try await office.front.outbox(event: "day", limit: 1)?.trouble == nil ? true : nil
        }
    }

    @Test func `a server that first puts every stranger off gets each letter once`() async throws {
        let server = try await MailServer(.init(), .greylist("451 4.7.1 Greylisted, try again later"))
        let office = try await PostOffice(server)
        office.open()
        for number in 1...5 { try await office.write(toNew: "person\(number)@example.org") }
        try await office.wait(5, .sent)
        #expect(Set(try server.letters.map(\.recipient)).count == 5)
        #expect(try server.letters.count == 5)
    }

    @Test(arguments: [MailServer.Manner.hang("slow"), .hangAfterText("slow")])
    func `a letter that the server never answers for holds up nobody else, and is not sent again meanwhile`(
        manner: MailServer.Manner
    ) async throws {
        let server = try await MailServer(.init(), manner)
        var pace = PostOffice.quick
        pace.slowSeconds = 0.5
        pace.stopSeconds = 1
        let office = try await PostOffice(server, pace: pace)
        office.open()
        try await office.write(toNew: "slow@example.org")
        for number in 1...5 { try await office.write(toNew: "person\(number)@example.org") }
        try await office.wait(5, .sent, seconds: 10)
        try await office.write(toNew: "late@example.org")
        try await office.wait(6, .sent, seconds: 3)
        #expect(try server.tries(of: "slow@example.org") == 1)
        #expect(try await office.waiting().map(\.attempts) == [0])
        let began = ContinuousClock.now
        await office.close()
        #expect(began.duration(to: .now) < .seconds(4))
    }

    @Test func `a slow letter that the server takes in the end arrives once`() async throws {
        let server = try await MailServer(.init(), .slow("slow", seconds: 2))
        var pace = PostOffice.quick
        pace.slowSeconds = 0.2
        let office = try await PostOffice(server, pace: pace)
        office.open()
        try await office.write(toNew: "slow@example.org")
        for number in 1...5 { try await office.write(toNew: "person\(number)@example.org") }
        try await office.wait(6, .sent)
        #expect(try server.letters.map(\.recipient).last == "slow@example.org")
        #expect(try server.letters.count == 6)
    }

    @Test func `so many slow letters as there may be hold up the others, and no more are begun`() async throws
    {
        let server = try await MailServer(.init(), .hang("slow"))
        var pace = PostOffice.quick
        pace.slowSeconds = 0.05
        let office = try await PostOffice(server, pace: pace)
        for number in 1...(MailLimits.slowLetters + 2) {
            try await office.write(toNew: "slow\(number)@example.org")
        }
        try await office.write(toNew: "ada@example.org")
        office.open()
        try await eventually("the lines are full") {
            try server.tries(of: "slow") == MailLimits.slowLetters ? true : nil
        }
        try server.behave()
        await office.close()
        office.open()
        try await office.wait(MailLimits.slowLetters + 3, .sent)
        #expect(try server.letters.count == MailLimits.slowLetters + 3)
    }

    @Test func `a letter broken off in the middle of its text arrives once`() async throws {
        let server = try await MailServer(.init(), .drop(2))
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await office.write(toNew: "grace@example.org")
        try await office.wait(2, .sent)
        #expect(try server.letters.map(\.recipient).sorted() == ["ada@example.org", "grace@example.org"])
    }

    @Test func `a letter whose acceptance was lost comes again under the same Message-ID`() async throws {
        let server = try await MailServer(.init(), .keepAndDrop(1))
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await office.wait(1, .sent)
        let files = try server.letters.map(\.path)
        #expect(files.count == 2)
        let keys = try files.map { try ReadMail(path: $0).field("Message-ID") }
        #expect(Set(keys).count == 1 && keys[0].hasSuffix("@example.org>"))
    }

    @Test func `a letter taken before a crash could note it comes again as the same bytes`() async throws {
        let server = try await MailServer()
        let office = try await PostOffice(server)
        let letter = try await office.write(toNew: "ada@example.org")
        let session = SMTPSession(
            PostOffice.address(of: server), sender: office.sender.mailbox, pace: PostOffice.quick)
        let delivery = session.deliver(
            try await office.message(of: letter), TransferWatch())
        session.close()
        #expect(delivery == .accepted)
        office.open()
        try await office.wait(1, .sent)
        let texts = try server.letters.map { try ReadMail(path: $0.path).text }
        #expect(texts.count == 2 && Set(texts).count == 1)
    }

    @Test func `while nobody answers letters wait, and arrive in order once somebody does`() async throws {
        let server = try await MailServer()
        await server.vanish()
        let office = try await PostOffice(server)
        office.open()
        let addresses = (1...5).map { "person\($0)@example.org" }
        for address in addresses { try await office.write(toNew: address) }
        try await eventually("the worker has tried") {
            try await office.front.letterCounts()[.queued] == 5 ? true : nil
        }
        try await server.comeBack()
        try await office.wait(5, .sent)
        #expect(try server.letters.map(\.recipient) == addresses)
        #expect(try await office.refusals() == [])
    }

    @Test(arguments: [
        MailServer.Manner.refuseSender("550 5.7.1 We know no such sender"),
        .refuseSender("421 4.3.2 Closing"),
        .refuse("", with: "554 5.7.1 Relay access denied"),
        .refuse("", with: "550 5.1.8 Sender address rejected: Domain not found"),
        .refuseText("550 5.7.26 This mail is not authenticated"),
    ])
    func `a refusal that minds Lanyard and not the recipient delays letters and fails none`(
        manner: MailServer.Manner
    ) async throws {
        let server = try await MailServer(.init(), manner)
        let office = try await PostOffice(server)
        office.open()
        for number in 1...3 { try await office.write(toNew: "person\(number)@example.org") }
        try await eventually("it was refused several times") {
            try server.answers.filter { $0.contains(" 550 ") || $0.contains(" 554 ") || $0.contains(" 421 ") }
                .count >= 3
                ? true : nil
        }
        #expect(try await office.front.letterCounts() == [.queued: 3, .sent: 0, .failed: 0])
        try server.behave()
        try await office.wait(3, .sent)
        #expect(try server.letters.count == 3)
    }

    @Test func `a letter that is put off for days ends, and somebody is told`() async throws {
        let server = try await MailServer(.init(), .refuse("busy", with: "452 4.2.2 Mailbox full"))
        var pace = PostOffice.quick
        pace.giveUpSeconds = 0
        let office = try await PostOffice(server, pace: pace)
        office.open()
        try await office.write(toNew: "busy@example.org")
        try await office.wait(1, .failed)
        #expect(
            try await office.refusals() == ["The mail server says: 452 4.2.2 Mailbox full; given up"])
    }

    @Test func `what minds the sender is tried on until the event is over, and then somebody is told`()
        async throws
    {
        let server = try await MailServer()
        var pace = PostOffice.quick
        pace.giveUpSeconds = 0
        let office = try await PostOffice(server, pace: pace)
        let letter = try await office.write(toNew: "ada@example.org")
        let desk = office.desk(pace: pace)
        let words = "The mail server says: 554 5.7.1 Sender not allowed here"
        let ends = office.front.now.adding(seconds: 60)
        #expect(try await desk.settle(letter, .doubtful(words), eventEnds: ends) == words)
        #expect(try await office.front.letterCounts()[.queued] == 1)
        #expect(try await desk.settle(letter, .doubtful(words), eventEnds: office.front.now) == words)
        #expect(try await office.refusals() == [words + "; given up"])
    }

    @Test func `nobody is reminded of what has begun, however long the server was away`() async throws {
        let server = try await MailServer()
        let office = try await PostOffice(server, day: Day(startsInDays: 0))
        let person = try await office.person()
        try await office.write(.reminder, to: person)
        try await office.write(.link, to: person)
        office.open()
        try await office.wait(1, .sent)
        #expect(try await office.front.letterCounts() == [.queued: 0, .sent: 1, .failed: 0])
        #expect(try server.letters.count == 1)
    }

    @Test(arguments: [MailServer.Manner.hang("ada"), .hangAfterText("ada")])
    func `stopping does not wait for a server that hangs`(manner: MailServer.Manner) async throws {
        let server = try await MailServer(.init(), manner)
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await eventually("the letter is under way") {
            try server.answers.contains { $0.hasSuffix("250 OK") || $0.contains("354") } ? true : nil
        }
        let began = ContinuousClock.now
        await office.close()
        #expect(began.duration(to: .now) < .seconds(9))
        #expect(try await office.front.letterCounts()[.queued] == 1)
    }

    @Test func `a worker stopped and started goes on where it was, and sends nothing twice`() async throws {
        let server = try await MailServer()
        let office = try await PostOffice(server)
        for number in 1...30 { try await office.write(toNew: "person\(number)@example.org") }
        office.open()
        try await eventually("some are sent") { try server.letters.count > 3 ? true : nil }
        await office.close()
        office.open()
        try await office.wait(30, .sent)
        #expect(try server.letters.count == 30)
        #expect(Set(try server.letters.map(\.recipient)).count == 30)
    }
}
