/// The targets of `Package.swift` and what each may import, read from its text: asking the package manager
/// would wait for the build that runs these tests.
struct Manifest {
    struct Target: Equatable {
        var name: String
        var imports: Set<String>
    }

    /// The C libraries' names, and the Debian packages that they come from.
    var libraries: [String: String?] = [:]
    var rooms: [Target] = []
    var tests: [Target] = []

    init(_ text: String) {
        let start = text.range(of: "targets: [")?.upperBound ?? text.startIndex
        var rest = text[start...]
        let call = /^ {8}(\.?\w+)\(\s*(?:name: |of: )?"([\w-]+)"/.anchorsMatchLineEndings()
        while let match = rest.firstMatch(of: call) {
            let end = Manifest.endOfCall(rest[match.range.lowerBound...])
            add(String(match.1), String(match.2), rest[match.range.upperBound..<end])
            rest = rest[end...]
        }
    }

    private mutating func add(_ kind: String, _ name: String, _ arguments: Substring) {
        let lists = arguments.matches(of: /(?:imports|dependencies): \[([^\]]*)\]/)
        let imports = Set(lists.flatMap { $0.1.matches(of: /"([\w-]+)"/).map { String($0.1) } })
        switch kind {
        case "library", ".systemLibrary":
            libraries[name] = arguments.firstMatch(of: /apt: "([^"]+)"/).map { String($0.1) }
        case _ where arguments.contains("path: \"Sources/CLibraries/"): libraries[name] = .some(nil)
        case "tests": tests.append(Target(name: name + "Tests", imports: imports.union([name])))
        case ".testTarget": tests.append(Target(name: name, imports: imports))
        case _ where arguments.contains("path: \"Tests/"): tests.append(Target(name: name, imports: imports))
        default: rooms.append(Target(name: name, imports: imports))
        }
    }

    /// Behind the parenthesis that closes the first one.
    private static func endOfCall(_ text: Substring) -> Substring.Index {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" {
                depth -= 1
                if depth == 0 { return text.index(after: index) }
            }
        }
        return text.endIndex
    }
}

extension String {
    /// Foundation's `range(of:)` needs all of Foundation.
    fileprivate func range(of part: String) -> Range<Index>? { ranges(of: part).first }
}

/// The modules that a Swift file imports.
func importedModules(_ text: String) -> [String] {
    let line =
        /^(?:@\w+ +)*(?:(?:public|package|internal|fileprivate|private) +)?import +(?:(?:struct|class|enum|protocol|func|var|typealias) +)?(\w+)/
        .anchorsMatchLineEndings()
    return text.matches(of: line).map { String($0.1) }
}
