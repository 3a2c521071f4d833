import Glibc
import Log
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoggerTests {
    /// What the logger of a pipe's one end writes, as it comes out of the other.
    func written(threshold: Level = .debug, by write: (Logger) -> Void) throws -> String {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        write(Logger(threshold: threshold, descriptor: ends[1]))
        close(ends[1])
        defer { close(ends[0]) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(ends[0], &buffer, buffer.count), count > 0 { text += buffer[..<count] }
        return try #require(String(validating: text, as: UTF8.self))
    }

    /// The line after its time.
    func line(by write: (Logger) -> Void) throws -> Substring {
        let text = try written(by: write)
        #expect(text.count { $0.isNewline } == 1)
        return text.dropFirst("2024-12-04T09:12:03.041Z ".count)
    }

    @Test func `a line is a time, a level, a message and its fields`() throws {
        let text = try written { $0.info("badge sent", ["job": 12, "printer": "front desk"]) }
        let form =
            /20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{3}Z info badge sent job=12 printer="front desk"\n/
        #expect(text.wholeMatch(of: form) != nil)
    }

    @Test func `only what reaches the threshold is written, and the rest is not even built`() throws {
        for threshold in Level.allCases {
            let built = Mutex(0)
            func text(_ level: Level) -> String {
                built.withLock { $0 += 1 }
                return level.rawValue
            }
            let lines = try written(threshold: threshold) { log in
                log.debug(text(.debug))
                log.info(text(.info))
                log.notice(text(.notice))
                log.warning(text(.warning))
                log.error(text(.error))
            }
            let expected = Level.allCases.filter { $0 >= threshold }
            #expect(
                lines.split(separator: "\n").map { $0.split(separator: " ").last } == expected.map { "\($0)" }
            )
            #expect(built.withLock(\.self) == expected.count)
        }
        #expect(Level.allCases == Level.allCases.sorted())
    }

    @Test(arguments: [
        ("plain", "plain"), ("", #""""#), ("two words", #""two words""#), ("a\nb\r\n\tc", #""a\nb\r\n\tc""#),
        (#"say "hi" \o/"#, #""say \"hi\" \\o/""#), ("\u{1B}[31mred\u{0}", #""\u{1b}[31mred\u{0}""#),
        ("Zoë 王", #""Zoë 王""#), ("a\u{2028}b\u{202E}c\u{85}d", #""a\u{2028}b\u{202e}c\u{85}d""#),
        ("unix:/run/x.sock", "unix:/run/x.sock"), ("a=b", #""a=b""#),
    ])
    func `a value stays one readable word`(value: String, expected: String) throws {
        #expect(try line { $0.error("x", ["v": value]) } == "error x v=\(expected)\n")
    }

    @Test func `a message can't make a second line or hide`() throws {
        let text = try line { $0.notice("a\n2024-12-04T09:12:03.041Z error \u{1B}[2K\"b\"\\") }
        #expect(text == "notice a\\n2024-12-04T09:12:03.041Z error \\u{1b}[2K\"b\"\\\\\n")
    }

    @Test func `a key is kept to letters, digits and a few signs`() throws {
        #expect(try line { $0.info("x", ["a b\n=": 1]) } == "info x a_b__=1\n")
    }

    @Test func `values and lines past their limit are cut between characters and marked`() throws {
        let full = String(repeating: "x", count: 512)
        #expect(try line { $0.info("m", ["v": full]) } == "info m v=\(full)\n")
        #expect(try line { $0.info("m", ["v": full + "x"]) } == "info m v=\"\(full)…\"\n")
        let family = String(repeating: "王", count: 5_000)
        let long = try written { log in
            log.info(
                family,
                ["a": family, "b": family, "c": family, "d": family, "e": family, "f": family, "g": family])
        }
        #expect(long.utf8.count <= 4_096 && long.utf8.count > 4_090)
        #expect(long.hasSuffix("…\n"))
    }

    @Test func `fields given beforehand stand before the line's own`() throws {
        let text = try line { log in
            log.with(["door": "north"]).with(["connection": 3]).info("scanned", ["verdict": "admit"])
        }
        #expect(text == "info scanned door=north connection=3 verdict=admit\n")
    }

    @Test func `lines of many threads never mix`() async throws {
        // A file, as nobody has to empty it while it is written; it goes with its descriptor.
        var path = "/tmp/lanyard-log-XXXXXX".utf8CString.map { $0 }
        let file = mkstemp(&path)
        try #require(file >= 0 && unlink(path) == 0 && fcntl(file, F_SETFL, O_APPEND) == 0)
        defer { close(file) }
        let log = Logger(descriptor: file)
        let filler = String(repeating: "y", count: 500)
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<100 {
                        log.info("n", ["task": task, "number": number, "filler": filler])
                    }
                }
            }
        }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = pread(file, &bytes, bytes.count, 0)
        let lines = String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 800)
        #expect(lines.allSatisfy { $0.hasSuffix(filler) && $0.utf8.count < 600 })
    }

    @Test func `a closed descriptor and the silent logger are no trouble`() {
        Logger(descriptor: -1).error("nobody hears")
        Logger.silent.error("nor this")
    }
}
