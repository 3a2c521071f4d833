import Foundation
import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ExportTests {
    private let path = "/organise/\(Sample.event.slug)/attendees.csv"

    /// The rows as Python's reader of CSV has them, as JSON.
    private func rows(_ page: Page) async throws -> [[String]] {
        let folder = try TemporaryFolder()
        try folder.write(page.text, to: "list.csv")
        let script =
            "import csv,json,sys; print(json.dumps(list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))))"
        let output = try await Program.run(
            "python3", arguments: ["-c", script, folder.path("list.csv")])
        return try JSONDecoder().decode([[String]].self, from: Data(output.utf8))
    }

    private func organiser(_ house: House) async throws -> Visit {
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        return visit
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+44 1707", "'+44 1707"), ("-", "'-"), ("@sum", "'@sum"), ("\tx", "'\tx"),
        ("\rx", "\"'\rx\""), ("a=b", "a=b"), ("", ""), ("1,5", "\"1,5\""),
        ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""), ("=a,b", "\"'=a,b\""), ("王", "王"),
    ])
    func `no cell begins a formula or ends its row`(cell: String, written: String) {
        #expect(String(decoding: CSV.row([cell, "z"]), as: UTF8.self) == written + ",z\r\n")
    }

    @Test func `the list has what funders ask for, with consents and answers and without needs`() async throws
    {
        let house = try await House(questions: QuestionPageTests.questions)
        let ada = try await house.register(
            RegistrationForm(
                name: "=cmd|' /C calc'!A0", email: "ada@example.org", organisation: "Lovelace, \"Ltd\"",
                role: "Nurse", dietaryNeeds: "Vegan", sessions: ["walk"], consents: [.photography],
                answers: ["travel": .text("Car"), "rules": .tick(true), "hope": .text("Two\nlines")]))
        house.clock.now = Sample.at(9)
        try await house.admit(ada)
        let page = try await organiser(house).get(path)
        #expect(page.headers["Content-Type"] == "text/csv; charset=utf-8; header=present")
        #expect(
            page.headers["Content-Disposition"]
                == "attachment; filename=\"active-connections-2024-attendees.csv\"")
        #expect(page.headers["Cache-Control"] == "no-store")
        #expect(page.text.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
        let rows = try await rows(page)
        #expect(rows.count == 2 && rows[0].count == rows[1].count)
        let row = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[1]))
        #expect(row["Name"] == "'=cmd|' /C calc'!A0")
        #expect(row["Organisation"] == "Lovelace, \"Ltd\"")
        #expect(row["Registered"] == "2024-11-29T00:00:00+00:00")
        #expect(row["Arrived"] == "2024-12-04T09:00:00+00:00")
        #expect(row["A walk in the park, with the High Sheriff"] == "confirmed")
        #expect(row["Becoming an Active Practice"]?.isEmpty == true)
        #expect(row["Photography (agreed at)"] == "2024-11-29T00:00:00+00:00")
        #expect(row["General newsletter (agreed at)"]?.isEmpty == true)
        #expect(row["How will <you> travel?"] == "Car")
        #expect(row["I have read the house rules"] == "yes" && row["Your hope"] == "Two\nlines")
        #expect(!page.text.contains("Vegan") && row["Dietary needs"] == nil)
        let needs = try await organiser(house).get(path + "?needs=yes")
        #expect(try await self.rows(needs)[1].last == "Vegan")
    }

    @Test func `answers to questions that are asked no more stay in the list and say so`() async throws {
        let house = try await House(questions: [QuestionPageTests.questions[1]])
        _ = try await house.register(
            RegistrationForm(name: "Ada", email: "a@example.org", answers: ["hope": .text("Much")]))
        _ = try await house.front.importEvent(
            Sample.event, sessions: Sample.programme.offers.map(\.session))
        let rows = try await rows(try await organiser(house).get(path))
        #expect(rows[0].last == "Your hope (asked no more)" && rows[1].last == "Much")
    }

    @Test func `a list of those who agree leaves out who withdrew, cancelled or never did`() async throws {
        let house = try await House()
        var people: [RegisteredAttendee] = []
        for name in ["Ada", "Bob", "Cyd", "Dan"] {
            people.append(
                try await house.register(
                    RegistrationForm(
                        name: name, email: "\(name)@example.org",
                        consents: name == "Dan" ? [.quotes] : [.newsletter])))
        }
        _ = try await house.front.changeConsents(
            event: Sample.event.slug, reference: people[1].attendee.reference, to: [])
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: people[2].attendee.reference, byStaff: true)
        let visit = try await organiser(house)
        let rows = try await rows(try await visit.get(path + "?consent=newsletter"))
        // No more of anybody than it takes to write to them.
        #expect(
            rows == [
                ["Name", "E-mail address", "Organisation", "Role", "General newsletter (agreed at)"],
                ["Ada", "Ada@example.org", "", "", "2024-11-29T00:00:00+00:00"],
            ])
        #expect(try await visit.get(path + "?consent=everything").status == .notFound)
        #expect(try await visit.get("/organise/none/attendees.csv").status == .notFound)
        // A cancelled registration is in the list of everybody, with what became of it.
        #expect(try await self.rows(try await visit.get(path)).map { $0[1] }.contains("cancelled"))
    }

    @Test func `a list goes on past what is read at once`() async throws {
        var event = Sample.event
        event.capacity = 1_000
        let house = try await House(event: event)
        for number in 0..<501 { _ = try await house.register("Guest \(number)") }
        let rows = try await rows(try await organiser(house).get(path))
        #expect(rows.count == 502)
        #expect(Set(rows.map { $0[0] }).count == 502)
    }
}
