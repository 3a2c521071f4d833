import HTTP
import Operations
import Registration
import Synchronization
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ActivityTests {
    let activity = "/events/conference/activity"

    func numbers(_ answer: Answer) -> [Int64] {
        answer.json["items"]?.list.compactMap { $0["number"]?.number } ?? []
    }

    @Test func `attendance counts what happened and says how far it counts`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada", sessions: ["first"])
        try await house.register("Bob", sessions: ["first"])
        house.clock.now = Conference.hour(9)
        let token = try await house.token(.organiser)
        for point in ["entrance", "first", "keynote"] {
            let scan: JSON = ["code": .text(ada.code), "point": .text(point)]
            _ = try await house.ask(.post, "/events/conference/check-ins", token: token, body: scan)
        }
        let answer = try await house.ask(.get, "/events/conference/attendance", token: token)
        #expect(answer.json["capacity"]?.number == 10)
        #expect(answer.json["registered"]?.number == 2)
        #expect(answer.json["arrived"]?.number == 1)
        #expect(answer.json["activity"]?.number == 6)
        let first = answer.json["sessions"]?.list.first { $0.text("session") == "first" }
        #expect(
            first == [
                "session": "first", "capacity": .integer(2), "booked": .integer(2), "waiting": .integer(0),
                "arrived": .integer(1),
            ])
        #expect(try await house.ask(.get, "/events/none/attendance", token: token).status == 404)
    }

    @Test func `the record is a list in parts`() async throws {
        let house = try await House()
        try await house.open()
        for number in 0..<4 { try await house.register("Guest \(number)") }
        let token = try await house.token(.organiser)
        let first = try await house.ask(.get, activity + "?limit=3", token: token)
        #expect(numbers(first) == [1, 2, 3])
        #expect(
            first.json["items"]?.list.map { $0.text("kind") } == ["imported", "registered", "registered"])
        #expect(first.json.text("next") == "/api/v1/events/conference/activity?limit=3&since=3")
        let rest = try await house.ask(.get, activity + "?limit=3&since=3", token: token)
        #expect(numbers(rest) == [4, 5] && rest.json["next"] == .null)
        #expect(numbers(try await house.ask(.get, activity + "?since=99", token: token)) == [])
        #expect(try await house.ask(.get, activity + "?since=x", token: token).status == 422)
        #expect(try await house.ask(.get, "/events/none/activity", token: token).status == 404)
    }

    @Test(arguments: [(query: "?since=0", last: "1"), ("?since=1", nil), ("", nil)])
    func `a follower goes on where it was, or begins with what happens next`(
        query: String, last: String?
    ) async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let received = Mutex("")
        let response = await house.stream(
            activity + query, token: token, headers: last.map { ["Last-Event-ID": $0] } ?? [:])
        #expect(response.headers["Content-Type"] == "text/event-stream")
        guard case .stream(let stream) = response.body else {
            Issue.record("no stream")
            return
        }
        let following = Task {
            try await stream(
                BodyWriter { bytes in received.withLock { $0 += String(decoding: bytes, as: UTF8.self) } })
        }
        for number in 2...4 {
            try await house.register("Guest \(number)")
            try await eventually("record \(number) follows") {
                received.withLock {
                    $0.contains("id: \(number)\nevent: activity\ndata: {\"number\":\(number),")
                }
            }
        }
        #expect(!received.withLock { $0.contains("id: 1\n") })
        following.cancel()
        _ = await following.result
    }

    @Test func `following ends with the heartbeat after its token was revoked`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let service = Service(
            frontOfHouse: house.front,
            settings: APISettings(
                registrations: RateLimit(perMinute: 0), certificate: { _ in [] }, noteFault: { _, _ in }),
            heartbeat: .milliseconds(20))
        var router = Router()
        router.on(.get, service.listActivity.path, service.handler(of: service.listActivity))
        let response = await router.respond(
            to: Request(
                .get, activity,
                headers: ["Authorization": "Bearer " + token, "Accept": "text/event-stream"]))
        guard case .stream(let stream) = response.body else {
            Issue.record("no stream")
            return
        }
        let beats = Mutex(0)
        let end = Mutex<(any Error)?>(nil)
        let following = Task {
            do {
                try await stream(
                    BodyWriter { bytes in
                        if bytes == ServerSentEvent.heartbeat { beats.withLock { $0 += 1 } }
                    })
            } catch { end.withLock { $0 = error } }
        }
        defer { following.cancel() }
        try await eventually("a heartbeat") { beats.withLock { $0 > 1 } ? true : nil }
        for token in try await house.front.tokens() {
            #expect(try await house.front.revokeToken(token.id))
        }
        try await eventually("the end") { end.withLock { $0 is Problem } ? true : nil }
    }

    @Test func `following ends as many as it may and tells the next one`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        var places = (0..<FrontOfHouse.Settings(publicURL: "").liveFollowers - 1).compactMap { _ in
            house.front.followers.enter()
        }
        #expect(places.count == FrontOfHouse.Settings(publicURL: "").liveFollowers - 1)
        do {
            let last = await house.stream(activity, token: token)
            #expect(last.status == .ok)
            let refused = await house.stream(activity, token: token)
            #expect(refused.status == .serviceUnavailable && refused.headers["Retry-After"] == "30")
            withExtendedLifetime(last) {}
        }
        places.removeLast()
        #expect(await house.stream(activity, token: token).status == .ok)
        let wrong = await house.stream(activity, token: token, headers: ["Last-Event-ID": "x"])
        #expect(wrong.status == .badRequest)
        #expect(await house.stream("/events/none/activity", token: token).status == .notFound)
    }
}
