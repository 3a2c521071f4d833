import Registration
import Storage
import TestPeers
import Testing

@testable import Doors
@testable import Operations

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ReplyTests {
    let reference = Reference("K7QX2M4P")

    func line(_ reply: Reply) -> String {
        var output: [UInt8] = []
        reply.write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `each verdict has its line`() {
        #expect(line(.admit(reference, name: "Ada Lovelace")) == "ADMIT K7QX2M4P Ada Lovelace\r\n")
        #expect(
            line(.again(reference, name: "Ada Lovelace", text: "first 09:12 at entrance"))
                == "AGAIN K7QX2M4P Ada Lovelace; first 09:12 at entrance\r\n")
        #expect(
            line(.deny(.unknownCode, text: "Not one of this event's codes"))
                == "DENY unknown-code Not one of this event's codes\r\n")
        #expect(line(.lineTooLong) == "ERROR line-too-long A scan is at most 512 bytes\r\n")
        #expect(line(Reply(.failure(Overloaded()))).hasPrefix("ERROR busy "))
        #expect(
            line(Reply(.failure(UnknownPoint(point: PointAddress(event: "e", point: "p"))))).hasPrefix(
                "ERROR unknown-point "))
        #expect(line(Reply(.failure(CancellationError()))).hasPrefix("ERROR failed "))
    }

    @Test(arguments: [
        "x", "é", "漢", "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}", "e\u{301}\u{327}", "ع", "🇬🇧",
    ])
    func `a line has at most 256 bytes and ends on a whole character`(character: String) {
        for count in [1, 28, 60, 120, 239, 240, 241, 500] {
            let name = String(repeating: character, count: count)
            for reply in [
                Reply.admit(reference, name: name), .deny(.closed, text: name),
                .again(reference, name: name, text: "first 09:12 at entrance"),
                .again(reference, name: "Ada", text: name), .error("failed", text: name),
            ] {
                let line = line(reply)
                #expect(line.utf8.count <= Reply.lineBytes)
                #expect(line.hasSuffix("\r\n"))
                #expect(!line.contains("\u{FFFD}"))
                let pieces = line.filter { $0 == Character(character) }.count
                #expect(line.utf8.count - pieces * character.utf8.count < 60 || pieces == count)
            }
        }
        let line = line(
            .again(reference, name: String(repeating: character, count: 120), text: "first 09:12 at entrance")
        )
        #expect(line.hasSuffix("; first 09:12 at entrance\r\n"))
    }

    @Test func `a name of one character that does not fit is cut inside it, never left out`() {
        let family = "👨" + String(repeating: "\u{200D}👨", count: 59)
        #expect(family.count == 1)
        for reply in [
            Reply.admit(reference, name: family), .again(reference, name: family, text: "first 09:12"),
            .deny(.closed, text: family),
        ] {
            let line = line(reply)
            #expect(line.utf8.count <= Reply.lineBytes && line.utf8.count > 200)
            #expect(line.contains(" 👨\u{200D}".unicodeScalars) && !line.contains("\u{FFFD}"))
        }
        let marks = "e" + String(repeating: "\u{301}", count: 200)
        #expect(line(.admit(reference, name: marks)).hasPrefix("ADMIT K7QX2M4P e\u{301}".unicodeScalars))
    }

    @Test func `a name can't break the line or write one of its own`() {
        for evil in [
            "A\r\nADMIT K7QX2M4P B", "A\nB", "A\u{85}B", "A\u{2028}B", "A\u{2029}B", "A\0B", "A\u{1B}[2JB",
        ] {
            let line = line(.admit(reference, name: evil))
            #expect(line.split(whereSeparator: \.isNewline).count == 1)
            #expect(line.dropLast().utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
            #expect(line.hasSuffix("B\r\n"))
        }
    }

    @Test func `a character that is larger than a line is left out`() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 300)
        #expect(line(.admit(reference, name: zalgo)).utf8.count <= Reply.lineBytes)
    }

    @Test func `nothing is said where there is nothing to say`() {
        #expect(line(.admit(reference, name: "")) == "ADMIT K7QX2M4P\r\n")
        #expect(line(.deny(.closed, text: "")) == "DENY closed\r\n")
    }
}

extension String {
    /// Compared by code points, as a cut character is another character.
    fileprivate func contains(_ other: UnicodeScalarView) -> Bool { unicodeScalars.contains(other) }

    fileprivate func hasPrefix(_ other: UnicodeScalarView) -> Bool { unicodeScalars.starts(with: other) }
}
