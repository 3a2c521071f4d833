import Configuration
import TestPeers
import Testing

/// Files that nobody meant well with: each is read or refused, and the program lives.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct HostileFileTests {
    /// A small generator with a seed (xorshift64), so that what fails can be made to fail again.
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    func read(_ bytes: [UInt8]) {
        _ = try? Settings(bytes, file: "f")
        if let event = try? EventFile(bytes, file: "f") {
            // What was taken can also be written, and means the same then.
            #expect(throws: Never.self) { try EventFile(Array(event.toml.utf8), file: "written") }
        }
    }

    @Test func `random bytes are read or refused`() {
        var dice = Dice(state: 0x1234_5678)
        for _ in 0..<2_000 {
            read(
                (0..<Int.random(in: 0...200, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice)
                })
        }
    }

    @Test func `files with parts changed, doubled and cut are read or refused`() throws {
        var dice = Dice(state: 0x9ABC_DEF0)
        let pieces = [
            "[", "]", "[[", "]]", "=", "\"", "\"\"\"", "'", "\n", "\r", "#", ".", ",", "{", "}", "\\u",
            "\\UFFFFFFFF",
            "\u{FEFF}", "\u{0}", "inf", "nan", "-9223372036854775808", "0x", "1e999", "9999-99-99T99:99:99",
            "true",
            "0000-01-01T00:00:00", "9999-12-31T23:59:59.999999999-23:59", "session", "door",
        ].map { Array($0.utf8) }
        let files = [
            try Shipped.bytes("events/active-connections-2024.toml"), Array(SettingsTests.full.utf8),
        ]
        for round in 0..<600 {
            var bytes = files[round % 2]
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let place = Int.random(in: 0..<bytes.count, using: &dice)
                let end = min(bytes.count, place + Int.random(in: 0...20, using: &dice))
                switch Int.random(in: 0...4, using: &dice) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
                case 1: bytes.replaceSubrange(place..<end, with: pieces.randomElement(using: &dice) ?? [])
                case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
                case 3: bytes.insert(contentsOf: pieces.randomElement(using: &dice) ?? [], at: place)
                default: bytes.removeSubrange(place..<end)
                }
                if bytes.isEmpty { break }
            }
            read(bytes)
        }
    }

    @Test func `every character may stand anywhere`() {
        for value in UInt32(0)...0xFFFF {
            guard value < 0x80 || value % 512 == 251, let scalar = Unicode.Scalar(value) else { continue }
            for form in ["@", "a@ = 1", "a = @1", "[@]", "[a]@", "{ @", "# @", "a = 1 @", "a = \"@\""] {
                read(Array(form.replacing("@", with: String(scalar)).utf8))
            }
        }
        read(Array("\u{FEFB} = 1".utf8))
    }

    @Test(arguments: ["[", "{a=", "[[a]]\n[a.b", "a.", "\"", "a=[[", "[a."])
    func `nesting without an end is refused`(piece: String) {
        read(Array(String(repeating: piece, count: 20_000).utf8))
        #expect(throws: InvalidFile.self) {
            try EventFile(Array(String(repeating: piece, count: 20_000).utf8), file: "f")
        }
    }

    @Test(arguments: ["@ = 1", "[@]", "[[@]]", "x = { @ = 1 }", "@ = ", "\"\"\"\"\"\"\"\n@ = 1"])
    func `a key of thousands of parts is refused without harm`(form: String) {
        for part in ["a.", "\"a\".", "'a' . ", "\"\".", "\"\\\"\"."] {
            let key = String(repeating: part, count: 50_000) + "a"
            #expect(throws: InvalidFile.self) {
                try Settings(Array(form.replacing("@", with: key).utf8.prefix(Settings.sizeLimit)), file: "f")
            }
            #expect(throws: InvalidFile.self) {
                try EventFile(Array(form.replacing("@", with: key).utf8), file: "f")
            }
        }
    }

    @Test func `dots in texts and comments are no parts of a key`() throws {
        let dots = String(repeating: ".", count: 100)
        let text = #"""
            # \#(dots)
            venue = "\"\#(dots)"
            summary = ""\#u{22}
            \#(dots) "" '\""\#u{22}""
            title = '\#(dots)\'
            contact = "" # \#(dots)
            """#
        let file = EventFileTests.minimal.replacing("title = \"E\"\n", with: "") + text
        #expect(try EventFile(Array(file.utf8), file: "f").title == dots + "\\")
        let error = #expect(throws: InvalidFile.self) {
            try EventFile(Array((file + "\na.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q = 1").utf8), file: "f")
        }
        #expect(error?.description == "f:12:1: a key has more than 16 parts")
    }
}
