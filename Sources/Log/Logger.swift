import Glibc

/// Writes one line a thing: what happened, then `key=value` with the ids that it happened to.
///
/// Never pass personal data: an attendee is named by their reference. Any thread may write at any time; a
/// line goes out in one `write`, so lines never mix. Writing blocks as long as the reader of the log does.
/// What is below the threshold costs a comparison: its texts are not even built.
public struct Logger: Sendable {
    /// The names and values of a line, in the order they are written.
    public typealias Fields = KeyValuePairs<String, any CustomStringConvertible>

    private let threshold: Level?
    private let descriptor: Int32
    private let style: Style
    private let context: [UInt8]

    /// Writes to standard error unless another open descriptor is given, which stays the caller's.
    public init(threshold: Level = .info, descriptor: Int32 = 2) {
        let stream = getenv("JOURNAL_STREAM").map { String(cString: $0) }
        self.init(threshold: threshold, descriptor: descriptor, journalStream: stream)
    }

    init(threshold: Level, descriptor: Int32, journalStream: String?) {
        let style = Style(of: descriptor, journalStream: journalStream)
        self.init(threshold: threshold, descriptor: descriptor, style: style, context: [])
    }

    private init(threshold: Level?, descriptor: Int32, style: Style, context: [UInt8]) {
        self.threshold = threshold
        self.descriptor = descriptor
        self.style = style
        self.context = context
    }

    /// Writes nothing at all.
    public static let silent = Logger(threshold: nil, descriptor: -1, style: .timed, context: [])

    /// A logger that puts these fields before those of each line.
    public func with(_ fields: Fields) -> Logger {
        var line = Line()
        line.append(fields)
        return Logger(
            threshold: threshold, descriptor: descriptor, style: style, context: context + line.bytes)
    }

    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.debug, message, fields)
    }

    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.info, message, fields)
    }

    public func notice(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.notice, message, fields)
    }

    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.warning, message, fields)
    }

    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.error, message, fields)
    }

    private func write(_ level: Level, _ message: () -> String, _ fields: () -> Fields) {
        guard let threshold, level >= threshold else { return }
        var line = Line()
        switch style {
        case .journal: line.append(verbatim: "<\(level.priority)>")
        case .timed: line.append(verbatim: "\(UTC.now) \(level.rawValue) ")
        }
        line.append(message: message())
        line.append(context)
        line.append(fields())
        line.end()
        // There is nowhere to say that the log can't be written, and no reason to stop for it.
        line.bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno != EINTR { return }
                rest = rest.dropFirst(max(0, written))
            }
        }
    }
}
