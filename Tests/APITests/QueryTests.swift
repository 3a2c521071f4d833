import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct QueryTests {
    /// An operation as the description has it, with an address that leads to it.
    private struct Described {
        var method: Method
        var target: String
        var query: [JSON]
    }

    private func operations(_ house: House) async throws -> [Described] {
        guard case .object(let paths) = try await Description(house.router).json["paths"] else { return [] }
        return paths.flatMap { path -> [Described] in
            guard case .object(let methods) = path.value else { return [] }
            let target = path.name.replacing("{event}", with: "conference").replacing("{", with: "")
                .replacing("}", with: "")
            return methods.map { method in
                let parameters = method.value["parameters"]?.list ?? []
                return Described(
                    method: Method(rawValue: method.name.uppercased()), target: target,
                    query: parameters.filter { $0.text("in") == "query" })
            }
        }
    }

    private func detail(_ answer: Answer) -> String {
        answer.json["errors"]?.list.first?.text("detail") ?? ""
    }

    @Test func `a word that a parameter does not take is answered with the parameter and its words`()
        async throws
    {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.admin)
        var asked: [String] = []
        for operation in try await operations(house) {
            for parameter in operation.query {
                let words = parameter["schema"]?.texts("enum") ?? []
                let name = parameter.text("name") ?? ""
                guard !words.isEmpty else { continue }
                asked.append("\(operation.target)?\(name)")
                for wrong in ["nonsense", "", words[0].uppercased()] {
                    let answer = try await house.ask(
                        operation.method, "\(operation.target)?\(name)=\(wrong)", token: token)
                    #expect(answer.status == 422 && answer.problem == "invalid" && answer.fields == [name])
                    #expect(words.allSatisfy { detail(answer).contains("“\($0)”") })
                }
                for word in words {
                    let answer = try await house.ask(
                        operation.method, "\(operation.target)?\(name)=\(word)", token: token)
                    #expect(answer.status == 200)
                }
            }
        }
        #expect(asked == ["/events/conference/attendees?status", "/events/conference/letters?state"])
    }

    @Test func `a parameter that an operation does not know is refused by each, with those that it does`()
        async throws
    {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.admin)
        let operations = try await operations(house)
        #expect(operations.count == 32)
        for operation in operations {
            let answer = try await house.ask(
                operation.method, "\(operation.target)?nonsense=1", token: token)
            #expect(answer.status == 422 && answer.problem == "invalid" && answer.fields == ["nonsense"])
            for parameter in operation.query {
                #expect(detail(answer).contains(parameter.text("name") ?? "?"))
            }
        }
        let letters = try await house.ask(.get, "/events/conference/letters?status=failed", token: token)
        #expect(detail(letters) == "Is not known here; known are state, from, limit.")
        let event = try await house.ask(.get, "/events/conference?day=1")
        #expect(detail(event) == "Is not known here; this address takes no parameters.")
    }

    @Test func `a parameter that is given twice is refused, and so are very many`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.reception)
        let list = "/events/conference/attendees"
        let twice = try await house.ask(
            .get, "\(list)?status=waiting&status=cancelled", token: token)
        #expect(twice.status == 422 && twice.fields == ["status"] && detail(twice) == "Must be given once.")
        let many = (0..<1_000).map { "x\($0)=1" }.joined(separator: "&")
        let refused = try await house.ask(.get, "\(list)?\(many)", token: token)
        #expect(refused.status == 422 && refused.fields.count == Schema.problemLimit)
    }
}
