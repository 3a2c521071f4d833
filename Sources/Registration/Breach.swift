/// A rule that the database does not keep, found by looking at all of it.
public struct Breach: Hashable, Sendable {
    /// The rule's number in the design; 0 for the file itself.
    public var rule: Int
    /// What is wrong, with the numbers of the rows and no personal data.
    public var text: String

    public init(rule: Int, text: String) {
        self.rule = rule
        self.text = text
    }
}
