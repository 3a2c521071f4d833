import HTTP
import Operations
import Registration
import Synchronization
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct LiveTests {
    let live = "/organise/\(Sample.event.slug)"

    func organiser(_ house: House) async throws -> Visit {
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        return visit
    }

    @Test func `the page shows how many are registered, booked and in, and who was scanned last`()
        async throws
    {
        let house = try await House()
        let ada = try await house.register("Ada <i>Lovelace</i>", sessions: ["walk"])
        _ = try await house.register("Charles")
        house.clock.now = Sample.at(9)
        try await house.admit(ada)
        try await house.admit(ada, at: "walk")
        let page = try await organiser(house).get(live)
        #expect(page.text.contains("<span id=\"registered\">2</span>"))
        #expect(page.text.contains("<span id=\"arrived\">1</span>"))
        #expect(page.text.contains("id=\"booked-walk\">1</td>"))
        #expect(page.text.contains("id=\"arrived-walk\">1</td>"))
        #expect(page.text.contains("<bdi>Ada &lt;i&gt;Lovelace&lt;/i&gt;</bdi>"))
        #expect(page.text.contains("Most arrived from 09:00: 1 in 5 minutes."))
    }

    /// Ada has the last place in the event; Cyd waits for it, and for the full walk, and Dan for the event alone.
    private func waitedFor() async throws -> (House, ada: RegisteredAttendee) {
        var small = Sample.event
        small.capacity = 13
        let house = try await House(event: small)
        try await house.fill("walk")
        let ada = try await house.register("Ada")
        for (name, sessions) in [("Cyd", ["walk"]), ("Dan", [])] {
            _ = try await house.register(
                RegistrationForm(
                    name: name, email: "\(name)@example.org", sessions: sessions, ifFull: .wait))
        }
        return (house, ada)
    }

    @Test func `who waits is counted where anybody does, for the event and in each workshop`() async throws {
        let (house, _) = try await waitedFor()
        let page = try await organiser(house).get(live)
        #expect(page.text.contains("<span id=\"waiting\">2</span> waiting"))
        #expect(page.text.contains("<span id=\"waiting-walk\">1</span> waiting"))
        #expect(page.text.matches(of: /> waiting</).count == 2)
        #expect(!page.text.contains("class=\"notice\""))
    }

    @Test func `the count of who waits is renewed as the other figures are`() async throws {
        let (house, ada) = try await waitedFor()
        let visit = try await organiser(house)
        let since = try #require(try await visit.get(live).text.firstMatch(of: /data-since="(\d+)"/)).1
        async let text = read(visit, "\(live)/live?since=\(since)") {
            $0.contains("<span id=\"waiting\">1</span> waiting")
        }
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        let all = try await text
        // Cyd came in, and waits for the walk on.
        #expect(all.contains("<span id=\"waiting-walk\">1</span> waiting"))
    }

    @Test func `why places are free while people wait is said, as long as that matters`() async throws {
        let (house, ada) = try await waitedFor()
        let visit = try await organiser(house)
        _ = try await house.front.holdLists(event: Sample.event.slug, true)
        #expect(try await !visit.get(live).text.contains("waiting lists are held"))
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        let held = try await visit.get(live).text
        #expect(held.contains("The waiting lists are held, so places stay free while people wait."))
        house.clock.now = Sample.event.ends
        try await visit.signIn(.organiser)
        #expect(try await !visit.get(live).text.contains("waiting lists are held"))
    }

    @Test func `lists that closed at their time are told by it`() async throws {
        let (house, ada) = try await waitedFor()
        house.clock.now = Sample.at(9, 30)
        let visit = try await organiser(house)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        let page = try await visit.get(live).text
        #expect(page.contains("The waiting lists closed at 09:30") && page.contains("so places stay free"))
    }

    /// Reads the feed until the condition holds, then leaves.
    func read(
        _ visit: Visit, _ path: String, lastEventID: String? = nil,
        until isDone: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        var request = Request(.get, path)
        request.headers["Cookie"] = "lanyard-session=\(visit.cookie("lanyard-session") ?? "")"
        request.headers["Last-Event-ID"] = lastEventID
        let response = await visit.house.router.respond(to: request)
        #expect(response.headers["Content-Type"] == "text/event-stream")
        guard case .stream(let stream) = response.body else { throw Unexpected("no stream") }
        let text = Mutex("")
        do {
            try await stream(
                BodyWriter { bytes in
                    let all = text.withLock { text in
                        text += String(decoding: bytes, as: UTF8.self)
                        return text
                    }
                    if isDone(all) { throw ClientGone() }
                })
        } catch is ClientGone {}
        return text.withLock { $0 }
    }

    func ids(_ text: String) -> [Int] {
        text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.compactMap { Int($0.dropFirst(4)) }
    }

    @Test func `the feed begins after the number that the page was drawn at and goes on as things happen`()
        async throws
    {
        let house = try await House()
        _ = try await house.register("Ada")
        let visit = try await organiser(house)
        let page = try await visit.get(live)
        let since = try #require(page.text.firstMatch(of: /data-since="(\d+)"/)).1
        async let text = read(visit, "\(live)/live?since=\(since)") {
            $0.contains("<span id=\"registered\">2</span>")
        }
        _ = try await house.register("Charles")
        let all = try await text
        #expect(all.hasPrefix("retry: "))
        #expect(ids(all) == [(Int(since) ?? 0) + 1])
        #expect(all.contains("event: picture\n"))
        #expect(!all.contains("Charles\""))
    }

    @Test func `who reconnects gets everything after the last event that they had, once`() async throws {
        var large = Sample.event
        large.capacity = 1_000
        let house = try await House(event: large)
        for number in 1...700 { _ = try await house.register("Guest \(number)") }
        let visit = try await organiser(house)
        let newest = try #require(try await house.front.attendance(event: Sample.event.slug)).activity
        let text = try await read(visit, "\(live)/live?since=1", lastEventID: "3") {
            $0.contains("id: \(newest)\n")
        }
        #expect(ids(text) == Array(4...Int(newest)))
    }

    @Test func `the feed of a sign-in that was ended ends with the next heartbeat`() async throws {
        let house = try await House()
        let visit = try await organiser(house)
        let feed = LiveFeed(
            site: Site(house.front, .forTests),
            event: try #require(try await house.front.events().first).event,
            since: 0, token: visit.cookie("lanyard-session") ?? "", heartbeat: .milliseconds(20))
        let beats = Mutex(0)
        async let end: Void = feed.write(
            to: BodyWriter { bytes in
                if bytes == LiveFeed.beat.bytes { beats.withLock { $0 += 1 } }
            })
        try await eventually("a heartbeat") { beats.withLock { $0 > 1 } }
        // An open page does not put off the end of its sign-in.
        let expiry = try await house.front.staffSessions().map(\.expires)
        house.clock.advance(seconds: 600)
        let seen = beats.withLock { $0 }
        try await eventually("more heartbeats") { beats.withLock { $0 > seen + 2 } }
        #expect(try await house.front.staffSessions().map(\.expires) == expiry)
        for session in try await house.front.staffSessions() {
            _ = try await house.front.revokeStaffSession(session.id, of: nil)
        }
        try await end
    }

    @Test func `past the limit of followers the answer says when to come back, and a place comes free`() {
        let followers = LiveFollowers(limit: 2)
        var places = [followers.enter(), followers.enter()]
        #expect(places.allSatisfy { $0 != nil })
        #expect(followers.enter() == nil)
        places.removeLast()
        #expect(followers.enter() != nil)
    }

    @Test func `the thousandth follower is served and the next is turned away until one leaves`() async throws
    {
        let house = try await House()
        let visit = try await organiser(house)
        var request = Request(.get, live + "/live")
        request.headers["Cookie"] = "lanyard-session=\(visit.cookie("lanyard-session") ?? "")"
        var held: [Response] = []
        for _ in 1...FrontOfHouse.Settings(publicURL: "").liveFollowers {
            held.append(await house.router.respond(to: request))
        }
        #expect(held.allSatisfy { $0.status == .ok })
        let refused = await house.router.respond(to: request)
        #expect(refused.status == .serviceUnavailable)
        #expect(refused.headers["Retry-After"] != nil)
        held.removeAll()
        #expect(await house.router.respond(to: request).status == .ok)
    }
}
