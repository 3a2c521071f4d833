import HTTP
import Operations

@testable import API

/// `openapi.json` as a client reads it, to hold answers against.
struct Description: Sendable {
    let json: JSON

    init(_ router: Router) async throws {
        let response = await router.respond(to: Request(.get, APISettings.path + "/openapi.json"))
        json = try JSON(parsing: try await response.body.collected())
    }

    /// Each method and path that is described.
    var operations: Set<String> {
        guard case .object(let paths) = json["paths"] else { return [] }
        return Set(
            paths.flatMap { path -> [String] in
                guard case .object(let methods) = path.value else { return [] }
                return methods.map { "\($0.name.uppercased()) \(APISettings.path)\(path.name)" }
            })
    }

    /// Where an answer is not what the description promises.
    func breaches(in answer: Answer, to request: Request, _ router: Router) -> [String] {
        guard let pattern = router.match(request).pattern else { return [] }
        let path = String(pattern.dropFirst(APISettings.path.count))
        // A method that an address does not take is no operation.
        guard let operation = json["paths"]?[path]?[request.method.rawValue.lowercased()] else { return [] }
        guard let response = operation["responses"]?[String(answer.status)] else {
            return ["\(answer.status) is not described"]
        }
        let type = answer.headers["Content-Type"] ?? ""
        if response["content"] == nil {
            return type.isEmpty && answer.body.isEmpty ? [] : ["no body is described for \(answer.status)"]
        }
        guard let schema = response["content"]?[type]?["schema"] else {
            return ["\(type) is not described for \(answer.status)"]
        }
        let isJSON = type == "application/json" || type == "application/problem+json"
        var breaches = !isJSON ? [] : breaches(of: schema, in: answer.json, at: "")
        if case .object(let headers) = response["headers"] {
            for header in headers where answer.headers[header.name] == nil {
                breaches.append("the header \(header.name) is missing")
            }
        }
        return breaches
    }

    /// Where a value is not what a schema says, for the keywords that the description uses.
    private func breaches(of schema: JSON, in value: JSON, at place: String) -> [String] {
        if let reference = schema.text("$ref") {
            let name = String(reference.dropFirst("#/components/schemas/".count))
            guard let named = json["components"]?["schemas"]?[name] else {
                return ["\(reference) is missing"]
            }
            return breaches(of: named, in: value, at: place)
        }
        let types = schema.text("type").map { [$0] } ?? schema.texts("type")
        guard types.contains(where: { Description.isOf($0, value) }) else {
            return ["\(place) is \(value) and not of type \(types)"]
        }
        var breaches: [String] = []
        if let words = schema["enum"]?.list, !words.contains(value) {
            breaches.append("\(place) is \(value)")
        }
        switch value {
        case .integer(let number):
            if let least = schema["minimum"]?.number, number < least {
                breaches.append("\(place) is \(number)")
            }
        case .text(let text) where schema.text("format") == "date-time":
            if Moment.timestamp(text) == nil { breaches.append("\(place) is no moment: \(text)") }
        case .list(let items):
            for (index, item) in items.enumerated() {
                breaches += self.breaches(of: schema["items"] ?? .null, in: item, at: "\(place)[\(index)]")
            }
        case .object(let members) where schema["properties"] != nil:
            for name in schema.texts("required") where value[name] == nil {
                breaches.append("\(place).\(name) is missing")
            }
            for member in members {
                guard let known = schema["properties"]?[member.name] else {
                    breaches.append("\(place).\(member.name) is not described")
                    continue
                }
                breaches += self.breaches(of: known, in: member.value, at: "\(place).\(member.name)")
            }
        case .object(let members):
            guard let each = schema["additionalProperties"] else { break }
            for member in members {
                breaches += self.breaches(of: each, in: member.value, at: "\(place).\(member.name)")
            }
        default: break
        }
        return breaches
    }

    private static func isOf(_ type: String, _ value: JSON) -> Bool {
        switch (type, value) {
        case ("null", .null), ("string", .text), ("integer", .integer), ("number", .number),
            ("number", .integer), ("array", .list), ("boolean", .boolean),
            ("object", .object):
            true
        default: false
        }
    }
}
