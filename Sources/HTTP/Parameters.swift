/// What stood in an address in the places of a pattern's names, percent-decoded.
public struct Parameters: Sendable {
    let names: [String]
    let values: [String]

    /// For calling a handler without a router.
    public init(_ pairs: KeyValuePairs<String, String> = [:]) {
        self.init(names: pairs.map(\.key), values: pairs.map(\.value))
    }

    init(names: [String], values: [String]) {
        self.names = names
        self.values = values
    }

    /// - Precondition: the route's pattern has this name.
    public subscript(name: String) -> String {
        guard let index = names.firstIndex(of: name) else {
            preconditionFailure("The pattern has no {\(name)}")
        }
        return values[index]
    }
}
