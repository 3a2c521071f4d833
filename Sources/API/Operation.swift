internal import HTTP
internal import Registration

/// One thing that can be asked of the API: its route, who may ask it, and what it takes and answers.
///
/// Requests are checked by what stands here, and `openapi.json` is written from it.
struct Operation: Sendable {
    enum Access: Sendable {
        /// Nobody needs a token; one that is sent must be good.
        case everyone
        case role(Role)
    }

    struct Parameter: Sendable {
        var name: String
        var schema: Schema
    }

    struct Answer: Sendable {
        var status: Status
        var about: String
        /// Nil where there is no body.
        var schema: Schema?
        var type = "application/json"
        var headers: [String: String] = [:]
    }

    var method: Method
    /// Below the API's own path.
    var path: String
    /// A verb and what it is done to, for programs that are made from the description.
    var name: String
    var summary: String
    var access: Access
    var query: [Parameter] = []
    var headers: [Parameter] = []
    var body: Schema?
    var isBodyOptional = false
    /// How large the body may be; nil for the server's ordinary limit.
    var bodyLimitBytes: Int?
    /// Set where the body is a file, which the handler reads from the request.
    var upload: Upload?
    var answers: [Answer]
    /// What is refused besides what every operation may refuse.
    var problems: [Problem.Kind] = []
    var handler: @Sendable (Call) async throws -> Response

    /// What may be refused, by the shape of the operation and by itself.
    var allProblems: [Problem.Kind] {
        var kinds: [Problem.Kind] = [.badRequest, .headersTooLarge, .invalid]
        if body != nil { kinds += [.malformedJSON, .contentTooLarge, .unsupportedMediaType] }
        if upload != nil { kinds.append(.contentTooLarge) }
        kinds += [.unauthenticated, .forbidden]
        if path.contains("{") { kinds.append(.notFound) }
        return kinds + problems + [.overloaded, .fault]
    }
}

/// One request to an operation, checked.
struct Call: Sendable {
    var request: Request
    var parameters: Parameters
    /// Nil where nobody is known and nobody need be.
    var caller: TokenHolder?
    /// The body; an empty object where none was sent and none is needed.
    var body: JSON

    /// A query parameter that the operation describes, checked against that.
    func text(_ name: String) -> String? { request.query[name] }

    func number(_ name: String) -> Int64? { request.query[name].flatMap { Int64($0) } }

    func reference() throws(Problem) -> Reference {
        guard let reference = Reference(parameters["reference"]) else { throw .unknownAttendee }
        return reference
    }

    /// The path and query of the same list from another place on.
    func next(_ name: String, _ value: some CustomStringConvertible) -> JSON {
        var fields = request.query.fields.filter { $0.name != name }
        fields.append(FormFields.Field(name: name, value: "\(value)"))
        return .text(request.path + "?" + FormFields(fields).encoded)
    }
}
