/// One thing that is wrong in a template, for the person who edits the file.
public struct TemplateMistake: Error, Hashable, Sendable {
    /// The file's path, as it was given.
    public let file: String
    /// Counted from 1; nil where the file as a whole is meant, such as one that can't be read.
    public let line: Int?
    /// A sentence without its full stop.
    public let reason: String

    public init(file: String, line: Int?, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }
}

extension TemplateMistake: CustomStringConvertible {
    public var description: String {
        line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
    }
}

/// Why templates were refused: each mistake that was found, by file and line. Never empty.
public struct TemplateMistakes: Error, Hashable, Sendable {
    public let all: [TemplateMistake]

    /// - Precondition: there is at least one.
    public init(_ all: [TemplateMistake]) {
        precondition(!all.isEmpty)
        self.all = all
    }
}

extension TemplateMistakes: CustomStringConvertible {
    public var description: String {
        all.map(\.description).joined(separator: "\n")
    }
}

/// Gathers a file's mistakes while it is read, so that one look shows them all.
public final class MistakeList {
    /// More than this many help nobody.
    public static let limit = 50

    public let file: String
    public private(set) var mistakes: [TemplateMistake] = []

    public init(file: String) {
        self.file = file
    }

    public func add(_ reason: String, line: Int?) {
        let mistake = TemplateMistake(file: file, line: line, reason: reason)
        if mistakes.count < MistakeList.limit, !mistakes.contains(mistake) { mistakes.append(mistake) }
    }

    public func throwIfAny() throws(TemplateMistakes) {
        guard !mistakes.isEmpty else { return }
        throw TemplateMistakes(mistakes.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
    }
}
