public import Badges

/// A configured printer: where its badges go, and what they look like.
public struct Printer: Sendable {
    public enum Output: Hashable, Sendable {
        /// A queue of the CUPS server.
        case queue(String)
        /// A folder that PDF files are written to.
        case folder(String)
    }

    public var name: String
    public var output: Output
    /// The design of its badges at this moment; nil if its file has gone.
    public var template: @Sendable () -> BadgeTemplate?

    public init(name: String, output: Output, template: @escaping @Sendable () -> BadgeTemplate?) {
        self.name = name
        self.output = output
        self.template = template
    }
}
