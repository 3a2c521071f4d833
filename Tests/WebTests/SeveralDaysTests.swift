import HTTP
import Operations
import Registration
import TestPeers
import Testing

/// An event of two days, in which a time of day alone says nothing.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct SeveralDaysTests {
    private func house() async throws -> House {
        var event = Sample.event
        event.ends = Sample.at(17).adding(seconds: 86_400)
        let house = try await House(event: event)
        var sessions = Sample.programme.offers.map(\.session)
        for index in sessions.indices where sessions[index].slug == "walk" || sessions[index].slug == "close"
        {
            sessions[index].starts = sessions[index].starts.adding(seconds: 86_400)
            sessions[index].ends = sessions[index].ends.adding(seconds: 86_400)
        }
        _ = try await house.front.importEvent(event, sessions: sessions)
        return house
    }

    @Test func `a time says on which day it is, wherever people read it`() async throws {
        let house = try await house()
        let ada = try await house.register("Ada", sessions: ["walk"])
        let visit = Visit(house)
        let span = "Thursday 5 December, 16:00 to 16:45"
        #expect(try await visit.get(Sample.registerPath).text.contains("<legend>\(span)</legend>"))
        let own = try await visit.get("\(Sample.path)/me/\(ada.attendee.reference)/\(ada.manageKey)").text
        #expect(own.contains(span))
        #expect(own.contains("09:30 on Wednesday 4 December 2024 to 17:00 on Thursday 5 December 2024"))
        #expect(own.contains("<dt>Doors open</dt><dd>07:30 on Wednesday 4 December 2024</dd>"))
        try await visit.signIn(.organiser)
        let desk = try await visit.get("/desk/\(Sample.event.slug)/\(ada.attendee.reference)").text
        #expect(desk.contains("Thursday 5 December, 16:00"))
        let live = try await visit.get("/organise/\(Sample.event.slug)").text
        #expect(live.contains("Thursday 5 December, 16:00"))
        let slides = try await visit.get("/organise/\(Sample.event.slug)/materials").text
        #expect(slides.contains("Thursday 5 December, 16:00"))
        house.clock.now = Sample.at(18).adding(seconds: 86_400)
        let feedback = try await Visit(house).get(
            "\(Sample.path)/me/\(ada.attendee.reference)/\(ada.manageKey)/feedback"
        ).text
        #expect(feedback.contains(span))
    }

    @Test func `sessions are headings under those of their days`() async throws {
        let text = try await Visit(try await house()).get(Sample.path).text
        #expect(text.contains("<h3 class=\"programme-day\">Thursday 5 December 2024</h3>"))
        #expect(text.contains("<h4>Movement as medicine</h4>"))
        let oneDay = try await Visit(try await House()).get(Sample.path).text
        #expect(oneDay.contains("<h3>Movement as medicine</h3>") && !oneDay.contains("<h4>"))
    }

    @Test func `an event of one day needs no days`() async throws {
        let house = try await House()
        let text = try await Visit(house).get(Sample.registerPath).text
        #expect(text.contains("<legend>16:00 to 16:45</legend>"))
    }

    @Test func `when the doors open is said with the day where that is another, or that they are`()
        async throws
    {
        var event = Sample.event
        event.doorsOpen = Sample.at(18).adding(seconds: -86_400)
        let house = try await House(event: event)
        let ada = try await house.register("Ada")
        let own = "\(Sample.path)/me/\(ada.attendee.reference)/\(ada.manageKey)"
        func doors() async throws -> String {
            let text = try await Visit(house).get(own).text
            return text.firstMatch(of: /<dt>(Doors[^<]*)<\/dt><dd>([^<]*)</).map { "\($0.1): \($0.2)" } ?? ""
        }
        #expect(try await doors() == "Doors open: 18:00 on Tuesday 3 December 2024")
        house.clock.now = event.doorsOpen
        #expect(try await doors() == "Doors: Open now")
        _ = try await house.front.importEvent(Sample.event, sessions: Sample.programme.offers.map(\.session))
        #expect(try await doors() == "Doors open: 07:30")
        house.clock.now = Sample.event.doorsClose
        #expect(try await doors() == "")
    }
}
