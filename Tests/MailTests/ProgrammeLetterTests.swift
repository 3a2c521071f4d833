import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

/// Letters about a programme that changes again before, or while, they are sent.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ProgrammeLetterTests {
    /// A letter about the programme as it arrived.
    private struct Arrived: Hashable {
        var recipient: String
        var messageID: String
        var venue: String
        var sequence: Int
    }

    /// What arrived about the programme, oldest first.
    private func arrived(_ server: MailServer) async throws -> [Arrived] {
        let script = """
            import email, email.policy, glob, re, sys
            for path in sorted(glob.glob(sys.argv[1] + "/mail/*.eml")):
                with open(path, "rb") as file:
                    mail = email.message_from_binary_file(file, policy=email.policy.default)
                if not mail["Subject"].startswith("The programme has changed"):
                    continue
                text = mail.get_body(("plain",)).get_content()
                calendar = [part for part in mail.walk() if part.get_content_type() == "text/calendar"][0]
                sequence = re.search(r"SEQUENCE:(\\d+)", calendar.get_payload(decode=True).decode())[1]
                venue = re.search(r"Where: (.*)", text)[1]
                print(mail["To"].addresses[0].addr_spec, mail["Message-ID"], venue, sequence, sep="|")
            """
        let lines = try await Program.run("/usr/bin/python3", arguments: ["-c", script, server.folder.path])
        return lines.split(separator: "\n").map { line in
            let parts = line.split(separator: "|").map(String.init)
            return Arrived(
                recipient: parts[0], messageID: parts[1], venue: parts[2], sequence: Int(parts[3]) ?? 0)
        }
    }

    /// An office in which so many people are registered and have had their letters about that.
    private func office(
        _ server: MailServer, people: Int, pace: MailPace = PostOffice.quick
    ) async throws -> PostOffice {
        let office = try await PostOffice(server, pace: pace, letters: true)
        for number in 1...people {
            _ = try await office.person("Person \(number)", "person\(number)@example.org")
        }
        for letter in try await office.waiting() { try await office.front.noteLetter(letter.id, .sent) }
        return office
    }

    private func move(_ office: PostOffice, to venue: String) async throws {
        var event = try #require(try await office.front.event("day"))
        event.venue = venue
        _ = try await office.front.importEvent(event, sessions: office.sessions)
    }

    /// Waits until everything is sent that is to be.
    private func settle(_ office: PostOffice) async throws {
        try await eventually("no letter waits", withinSeconds: 30) {
            let isOver = try await office.front.outbox(event: "day", limit: 1).map {
                $0.waiting == 0 && !$0.isWriting
            }
            return isOver == true ? true : nil
        }
    }

    @Test func `two changes in a row are told in one letter, with the calendar's newest number`() async throws
    {
        let server = try await MailServer()
        let office = try await office(server, people: 3)
        try await move(office, to: "Old Hall")
        try await office.front.writeOwedLetters()
        try await move(office, to: "New Hall")
        office.open()
        try await settle(office)
        let letters = try await arrived(server)
        #expect(letters.map(\.recipient) == (1...3).map { "person\($0)@example.org" })
        let activity = try await office.front.attendance(event: "day")?.activity
        #expect(letters.allSatisfy { $0.venue == "New Hall" && Int64($0.sequence) == activity })
    }

    @Test func `changes while hundreds are written to are told to all, and to nobody twice`() async throws {
        let server = try await MailServer()
        let office = try await office(server, people: 400)
        office.open()
        let venues = (1...4).map { "Hall \($0)" }
        for (number, venue) in venues.enumerated() {
            try await move(office, to: venue)
            try await eventually("some have arrived") { try server.letters.count > number * 90 ? true : nil }
        }
        try await settle(office)
        let letters = try await arrived(server)
        let byPerson = Dictionary(grouping: letters, by: \.recipient)
        #expect(byPerson.count == 400)
        for (person, theirs) in byPerson {
            #expect(theirs.last?.venue == venues.last, "\(person)")
            #expect(Set(theirs.map(\.venue)).count == theirs.count, "\(person)")
            #expect(theirs.map(\.sequence) == Set(theirs.map(\.sequence)).sorted(), "\(person)")
        }
    }

    @Test func `a change is told in a second letter to whom the first is under way`() async throws {
        let server = try await MailServer(.init(), .slow("person1@", seconds: 2))
        var pace = PostOffice.quick
        pace.slowSeconds = 0.2
        let office = try await office(server, people: 2, pace: pace)
        try await move(office, to: "Old Hall")
        office.open()
        try await office.wait(3, .sent)
        #expect(try server.tries(of: "person1@") == 1)
        try server.behave()
        try await move(office, to: "New Hall")
        try await settle(office)
        let letters = try await arrived(server)
        for number in 1...2 {
            let theirs = letters.filter { $0.recipient == "person\(number)@example.org" }
            #expect(Set(theirs.map(\.venue)) == ["Old Hall", "New Hall"] && theirs.count == 2)
            #expect(Set(theirs.map(\.messageID)).count == 2)
        }
    }

    @Test func `a change is told under another Message-ID where nobody knows whether the first was taken`()
        async throws
    {
        let server = try await MailServer(.init(), .keepAndHang("person1@"))
        var pace = PostOffice.quick
        pace.stopSeconds = 0.2
        let office = try await office(server, people: 1, pace: pace)
        try await move(office, to: "Old Hall")
        office.open()
        try await eventually("the server has it") { try server.letters.isEmpty ? nil : true }
        await office.close()
        try server.behave()
        try await move(office, to: "New Hall")
        office.open()
        try await settle(office)
        let letters = try await arrived(server)
        #expect(letters.map(\.venue) == ["Old Hall", "New Hall"])
        #expect(Set(letters.map(\.messageID)).count == 2 && letters[0].sequence < letters[1].sequence)
    }
}
