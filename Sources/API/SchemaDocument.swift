extension Schema {
    /// As JSON Schema 2020-12, which OpenAPI 3.1 uses; named schemas are referred to.
    var json: JSON {
        var members: [JSON.Member]
        switch kind {
        case .text(let limit):
            members = [type("string")]
            if let limit { members.append(.init("maxLength", JSON(limit))) }
        // No text has more characters than bytes, which JSON Schema can't count.
        case .line(let bytes): members = [type("string"), .init("maxLength", JSON(bytes))]
        case .moment: members = [type("string"), .init("format", "date-time")]
        case .word(let words):
            members = [
                type("string"),
                .init("enum", .list(words.map(JSON.text) + (isNullable ? [.null] : []))),
            ]
        case .integer(let range):
            members = [type("integer"), .init("minimum", .integer(range.lowerBound))]
            if range.upperBound < .max { members.append(.init("maximum", .integer(range.upperBound))) }
        case .boolean: members = [type("boolean")]
        case .number(let range):
            members = [
                type("number"), .init("minimum", .number(range.lowerBound)),
                .init("maximum", .number(range.upperBound)),
            ]
        case .list(let item, let limit):
            members = [type("array"), .init("items", item.json)]
            if let limit { members.append(.init("maxItems", JSON(limit))) }
        case .object(let fields):
            members = [
                type("object"), .init("properties", .object(fields.map { .init($0.name, $0.schema.json) })),
                .init("required", .list(fields.filter(\.isRequired).map { .text($0.name) })),
                .init("additionalProperties", .boolean(false)),
            ]
        case .anyObject: members = [type("object")]
        case .map(let value, let limit):
            members = [type("object"), .init("additionalProperties", value.json)]
            if let limit { members.append(.init("maxProperties", JSON(limit))) }
        case .textOrBoolean: members = [.init("type", ["string", "boolean"])]
        // OpenAPI 3.1 leaves the type out where a body is bytes of its media type.
        case .bytes: members = []
        case .named(let name, _): members = [.init("$ref", .text("#/components/schemas/\(name)"))]
        }
        if let about { members.append(.init("description", .text(about))) }
        return .object(members)
    }

    private func type(_ name: String) -> JSON.Member {
        .init("type", isNullable ? [.text(name), "null"] : .text(name))
    }

    /// Finds every named schema in this one.
    func collect(into found: inout [String: Schema]) {
        switch kind {
        case .named(let name, let schema):
            found[name] = schema
            schema.collect(into: &found)
        case .list(let item, _): item.collect(into: &found)
        case .object(let members): for member in members { member.schema.collect(into: &found) }
        case .map(let value, _): value.collect(into: &found)
        case .text, .line, .textOrBoolean, .moment, .word, .integer, .boolean, .number, .anyObject, .bytes:
            break
        }
    }
}
