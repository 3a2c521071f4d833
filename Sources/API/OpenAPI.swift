internal import HTTP
internal import Registration
internal import Synchronization

/// The API's description (OpenAPI 3.1), written from the operations that serve it.
struct OpenAPI {
    private let operations: [Operation]

    init(_ operations: [Operation]) {
        self.operations = operations + [OpenAPI.operation(describing: operations)]
    }

    /// The operation that answers the description itself, which is written when it is first asked for.
    static func operation(describing operations: [Operation]) -> Operation {
        let description = Description(of: operations)
        return Operation(
            method: .get, path: "/openapi.json", name: "getDescription", summary: "This description",
            access: .everyone,
            answers: [
                .init(status: .ok, about: "An OpenAPI 3.1 document.", schema: Schema(.anyObject))
            ]
        ) { _ in .json(description.bytes) }
    }

    private final class Description: Sendable {
        private let operations: [Operation]
        private let written = Mutex<[UInt8]?>(nil)

        init(of operations: [Operation]) { self.operations = operations }

        var bytes: [UInt8] {
            written.withLock { written in
                if let written { return written }
                let bytes = OpenAPI(operations).json.bytes
                written = bytes
                return bytes
            }
        }
    }

    var json: JSON {
        var paths: [JSON.Member] = []
        for operation in operations {
            let member = JSON.Member(operation.method.rawValue.lowercased(), operation.json)
            if let index = paths.firstIndex(where: { $0.name == operation.path }),
                case .object(let members) = paths[index].value
            {
                paths[index].value = .object(members + [member])
            } else {
                paths.append(.init(operation.path, .object([member])))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Lanyard", "version": "1",
                "description":
                    "Event registration and check-in. Errors are problem details (RFC 9457) with a stable `type`. A parameter of the query that is not described here is refused, and so is a member of a body.",
            ],
            "servers": [["url": .text(APISettings.path)]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(components),
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "Made with `lanyard token create`. Each role may do what those before it may: reception, organiser, admin. A token for one event is refused at others.",
                    ]
                ],
            ],
        ]
    }

    /// Every named schema that something refers to, in the order of their names.
    private var components: [JSON.Member] {
        var found: [String: Schema] = [:]
        for operation in operations {
            for answer in operation.answers { answer.schema?.collect(into: &found) }
            operation.body?.collect(into: &found)
        }
        Problem.schema.collect(into: &found)
        return found.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) }
    }
}

extension Operation {
    fileprivate var json: JSON {
        var members: [JSON.Member] = [
            .init("operationId", .text(name)), .init("summary", .text(summary)),
        ]
        switch access {
        case .everyone: members.append(.init("security", [[:], ["token": []]]))
        case .role(let role):
            members.append(.init("description", .text("Needs a token with the role \(role.rawValue).")))
            members.append(.init("security", [["token": []]]))
        }
        if !parameters.isEmpty { members.append(.init("parameters", .list(parameters))) }
        if let body {
            members.append(
                .init(
                    "requestBody",
                    [
                        "required": .boolean(!isBodyOptional),
                        "content": ["application/json": ["schema": body.json]],
                    ]))
        }
        if let upload {
            members.append(
                .init(
                    "requestBody",
                    [
                        "required": .boolean(true),
                        "description": .text(
                            "The file, at most \(upload.limitBytes) bytes, of whatever type."),
                        "content": ["*/*": ["schema": Schema(.bytes).json]],
                    ]))
        }
        members.append(.init("responses", .object(responses)))
        return .object(members)
    }

    private var parameters: [JSON] {
        let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast())
        }
        let inPath = names.map { name in Operation.json(of: .init(name: name, schema: .text), place: "path") }
        return inPath + query.map { Operation.json(of: $0, place: "query") }
            + headers.map { Operation.json(of: $0, place: "header") }
    }

    private static func json(of parameter: Parameter, place: String) -> JSON {
        [
            "name": .text(parameter.name), "in": .text(place), "required": .boolean(place == "path"),
            "schema": parameter.schema.json,
        ]
    }

    private var responses: [JSON.Member] {
        var responses: [JSON.Member] = []
        for status in Set(answers.map(\.status.rawValue)).sorted() {
            let same = answers.filter { $0.status.rawValue == status }
            var members: [JSON.Member] = [.init("description", .text(same.map(\.about).joined()))]
            let headers = same.flatMap { $0.headers.sorted { $0.key < $1.key } }
            if !headers.isEmpty { members.append(.init("headers", Operation.json(ofHeaders: headers))) }
            let content = same.compactMap { answer in
                answer.schema.map { JSON.Member(answer.type, ["schema": $0.json]) }
            }
            if !content.isEmpty { members.append(.init("content", .object(content))) }
            responses.append(.init(String(status), .object(members)))
        }
        for status in Set(allProblems.map(\.status.rawValue)).sorted() {
            let kinds = allProblems.filter { $0.status.rawValue == status }
            let about = kinds.map { "\($0.title) (`\($0.type)`)." }.joined(separator: " ")
            var members: [JSON.Member] = [.init("description", .text(about))]
            let headers = Operation.headers(ofStatus: status)
            if !headers.isEmpty { members.append(.init("headers", Operation.json(ofHeaders: headers))) }
            members.append(
                .init("content", ["application/problem+json": ["schema": Problem.schema.json]]))
            responses.append(.init(String(status), .object(members)))
        }
        // Answered by the server on the socket, where there is no request yet to show a problem for.
        responses.append(
            .init(
                String(Status.requestTimeout.rawValue),
                [
                    "description": "The request took too long to arrive.",
                    "content": ["text/plain; charset=utf-8": ["schema": Schema.text.json]],
                ]))
        return responses
    }

    private static func headers(ofStatus status: Int) -> [(key: String, value: String)] {
        switch status {
        case 401, 403: [("WWW-Authenticate", "What is wrong with the token (RFC 6750).")]
        case 429, 503: [("Retry-After", "Seconds to wait.")]
        default: []
        }
    }

    private static func json(ofHeaders headers: [(key: String, value: String)]) -> JSON {
        .object(
            headers.map { name, about in
                .init(name, ["description": .text(about), "schema": ["type": "string"]])
            })
    }
}
