import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct OpenAPITests {
    @Test func `every route is described and everything described is a route`() async throws {
        let house = try await House()
        let routes = Set(house.router.patterns.map { "\($0.method) \($0.pattern)" })
        let description = try await Description(house.router)
        #expect(description.operations == routes)
        #expect(routes.count == 32)
    }

    @Test func `what the server refuses before an operation is asked is described with each`() async throws {
        let house = try await House()
        guard case .object(let paths) = try await Description(house.router).json["paths"] else { return }
        for path in paths {
            guard case .object(let operations) = path.value else { continue }
            for operation in operations {
                let responses = operation.value["responses"]
                #expect(responses?["408"]?["content"]?["text/plain; charset=utf-8"] != nil, "\(path.name)")
                #expect(responses?["431"]?["content"]?["application/problem+json"] != nil, "\(path.name)")
            }
        }
        let problem = Problem(RequestError(.requestHeaderFieldsTooLarge, "Too large."))
        #expect(problem?.kind == .headersTooLarge)
    }

    @Test func `events and their programme are open to all`() async throws {
        let house = try await House()
        #expect(try await house.ask(.get, "/events").json == ["items": [], "next": .null])
        try await house.open()
        try await house.register("Ada", sessions: ["first"])
        let list = try await house.ask(.get, "/events")
        #expect(list.json["items"]?.list.first?["places_left"]?.number == 9)
        let event = try await house.ask(.get, "/events/conference")
        #expect(event.json.text("title") == "The “Conference”")
        #expect(event.json.texts("points").sorted() == ["entrance", "first", "keynote", "second", "third"])
        let first = event.json["sessions"]?.list.first { $0.text("session") == "first" }
        #expect(first?["places_left"]?.number == 1)
        #expect(event.json["sessions"]?.list.first?["capacity"] == .null)
        #expect(try await house.ask(.get, "/events/none").status == 404)
        #expect(try await house.ask(.get, "/openapi.json").status == 200)
    }

    @Test func `an answer that is not described is found`() async throws {
        let house = try await House()
        try await house.open()
        let description = try await Description(house.router)
        let request = Request(.get, "/api/v1/events/conference")
        let good = try await house.ask(.get, "/events/conference")
        #expect(description.breaches(in: good, to: request, house.router) == [])
        guard case .object(let members) = good.json else { return }
        for broken: [JSON.Member] in [
            Array(members.dropFirst()), members + [.init("extra", .null)],
            members.map { $0.name == "capacity" ? .init("capacity", "ten") : $0 },
            members.map { $0.name == "starts" ? .init("starts", "now") : $0 },
        ] {
            var answer = good
            answer.json = .object(broken)
            #expect(description.breaches(in: answer, to: request, house.router).count == 1)
        }
        var answer = good
        answer.status = 418
        #expect(description.breaches(in: answer, to: request, house.router) == ["418 is not described"])
    }

    @Test func `a writer with no room is told as such, and nothing was changed`() async throws {
        let house = try await House(waitingWrites: 0)
        let answer = try await house.ask(
            .post, "/events/conference/registrations", body: RegistrationTests.ada)
        #expect(answer.status == 503 && answer.problem == "overloaded")
        #expect(answer.headers["Retry-After"] == "1")
    }
}
