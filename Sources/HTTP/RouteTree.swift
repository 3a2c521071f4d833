/// The routes by the segments of their patterns. A literal segment wins over a name; one that leads nowhere is
/// taken back.
struct RouteTree: Sendable {
    struct Endpoint: Sendable {
        var method: Method
        var route: Int
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var named: Int?
        var endpoints: [Endpoint] = []
    }

    private var nodes = [Node()]

    /// - Precondition: no other route has this method and a pattern that matches the same addresses.
    mutating func insert(_ pattern: RoutePattern, method: Method, route: Int) {
        var current = 0
        for segment in pattern.segments {
            current = child(of: current, for: segment)
        }
        precondition(
            !nodes[current].endpoints.contains { $0.method == method },
            "Two routes for \(method) \(pattern.text)")
        nodes[current].endpoints.append(Endpoint(method: method, route: route))
    }

    private mutating func child(of parent: Int, for segment: RoutePattern.Segment) -> Int {
        let existing =
            switch segment {
            case .literal(let text): nodes[parent].literals[text]
            case .name: nodes[parent].named
            }
        if let existing { return existing }
        nodes.append(Node())
        switch segment {
        case .literal(let text): nodes[parent].literals[text] = nodes.count - 1
        case .name: nodes[parent].named = nodes.count - 1
        }
        return nodes.count - 1
    }

    /// The endpoints at this address, empty if there are none, and what stood in the places of names.
    func find(_ segments: [String]) -> (endpoints: [Endpoint], values: [String]) {
        var values: [String] = []
        let endpoints = find(segments[...], from: 0, values: &values)
        return (endpoints, values)
    }

    private func find(
        _ segments: ArraySlice<String>, from node: Int, values: inout [String]
    ) -> [Endpoint] {
        guard let first = segments.first else { return nodes[node].endpoints }
        if let next = nodes[node].literals[first] {
            let found = find(segments.dropFirst(), from: next, values: &values)
            if !found.isEmpty { return found }
        }
        // An empty segment is nobody's name: `/e//register` is not the address of an event.
        if let next = nodes[node].named, !first.isEmpty {
            values.append(first)
            let found = find(segments.dropFirst(), from: next, values: &values)
            if !found.isEmpty { return found }
            values.removeLast()
        }
        return []
    }
}

/// A pattern such as `/e/{event}/register`, read.
struct RoutePattern: Sendable {
    enum Segment: Sendable {
        case literal(String)
        case name(String)
    }

    let text: String
    let segments: [Segment]

    /// - Precondition: it begins with a slash, and each name is between braces and comes once.
    init(_ text: String) {
        precondition(text.hasPrefix("/"), "A pattern begins with a slash: \(text)")
        self.text = text
        segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.hasPrefix("{") else { return .literal(String(segment)) }
            precondition(segment.hasSuffix("}"), "A name ends with a brace: \(text)")
            return .name(String(segment.dropFirst().dropLast()))
        }
        precondition(Set(names).count == names.count, "A name comes twice: \(text)")
    }

    var names: [String] {
        segments.compactMap { segment in
            if case .name(let name) = segment { name } else { nil }
        }
    }
}
