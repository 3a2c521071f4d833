/// Where something stands in a file; both count from 1, columns in characters.
public struct Position: Hashable, Comparable, Sendable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Position, right: Position) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// One thing wrong with a file, in words for whoever wrote it.
public struct Mistake: Hashable, Sendable {
    /// The file's name, as it was given.
    public var file: String
    /// Nil where the whole file is meant.
    public var position: Position?
    public var message: String

    public init(file: String, position: Position?, message: String) {
        self.file = file
        self.position = position
        self.message = message
    }
}

extension Mistake: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: MESSAGE`, as compilers write it and editors follow it.
    public var description: String {
        position.map { "\(file):\($0.line):\($0.column): \(message)" } ?? "\(file): \(message)"
    }
}

/// Everything that is wrong with a file, in its order; never empty.
public struct InvalidFile: Error {
    public var mistakes: [Mistake]

    public init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes
    }
}

extension InvalidFile: CustomStringConvertible {
    /// A line for each.
    public var description: String {
        mistakes.map(\.description).joined(separator: "\n")
    }
}

/// Why one text is not what its key asks for; becomes a ``Mistake`` where the text stands.
public struct InvalidText: Error, CustomStringConvertible {
    /// Goes on from the key's name: `is not an address`.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
