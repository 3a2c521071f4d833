import Registration
import TestPeers
import Testing

@testable import Doors

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ConversationTests {
    /// Everything a scanner's bytes lead to, in order, if they come in these segments.
    func lines(_ segments: [[UInt8]], ending: Bool = false) -> [String] {
        var conversation = Conversation()
        var found: [String] = []
        let ask = { (scan: Conversation.Scan) in found.append("scan \(scan.number) \(scan.text)") }
        for segment in segments { conversation.receive(segment, ask: ask) }
        if ending { conversation.endHalfLine(ask: ask) }
        for number in 0..<UInt64(found.count + conversation.unanswered) {
            conversation.answer(number, with: .error("done", text: "\(number)"))
        }
        return found + [String(decoding: conversation.output, as: UTF8.self)]
    }

    static let streams: [[UInt8]] = [
        Array("A\nB\r\nC\rD\r\n\r\n\n\rE".utf8),
        Array("]Q1ABC\r\n]Q6\n]Q7X\n]X1Y\n]\n]Q\n".utf8),
        Array(" A \t\n\t\n  \nA B\n".utf8),
        Array("ok\n".utf8) + [0xFF, 0xFE, 0x0A] + Array("é\n".utf8) + [0xC3, 0x0A, 0x00, 0x0A],
        Array("a\n\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 513) + Array("\nb\n".utf8),
    ]

    @Test(arguments: streams.indices)
    func `how a stream is cut into segments changes nothing`(index: Int) {
        let stream = ConversationTests.streams[index]
        let whole = lines([stream])
        for first in 0...stream.count {
            for second in first...min(stream.count, first + 40) {
                let cut = [Array(stream[..<first]), Array(stream[first..<second]), Array(stream[second...])]
                guard lines(cut) == whole else {
                    Issue.record("cut at \(first) and \(second): \(lines(cut)) instead of \(whole)")
                    return
                }
            }
        }
        #expect(lines(stream.map { [$0] }) == whole)
    }

    @Test func `a line is ended by CR, LF or both, and an empty one is nothing`() {
        #expect(
            lines([ConversationTests.streams[0]]).dropLast() == [
                "scan 0 A", "scan 1 B", "scan 2 C", "scan 3 D",
            ]
        )
    }

    @Test func `a half line counts when it is said to have ended`() {
        #expect(lines([Array("A\nB".utf8)]).dropLast() == ["scan 0 A"])
        #expect(lines([Array("A\nB".utf8)], ending: true).dropLast() == ["scan 0 A", "scan 1 B"])
        #expect(lines([Array("A\n".utf8)], ending: true).dropLast() == ["scan 0 A"])
    }

    @Test func `the prefix that tells a QR code is dropped, and no other`() {
        let found = lines([Array("]Q0A\n]Q6B\n]Q7C\n]C1D\nE]Q1\n".utf8)])
        #expect(found.dropLast() == ["scan 0 A", "scan 1 B", "scan 2 ]Q7C", "scan 3 ]C1D", "scan 4 E]Q1"])
    }

    @Test func `a line of 512 bytes is a scan and one of 513 is refused once`() {
        let longest = String(repeating: "x", count: 512)
        #expect(lines([Array("\(longest)\r\nA\n".utf8)]).dropLast() == ["scan 0 \(longest)", "scan 1 A"])
        let refusal = "ERROR line-too-long A scan is at most 512 bytes\r\n"
        #expect(lines([Array("\(longest)x\r\nA\n".utf8)]) == ["scan 1 A", refusal + "ERROR done 1\r\n"])
        let endless = [[UInt8]](repeating: [UInt8](repeating: 0x41, count: 4_096), count: 50)
        #expect(lines(endless) == [refusal])
        #expect(lines(endless, ending: true) == [refusal])
        #expect(lines(endless + [Array("\rB\r".utf8)]) == ["scan 1 B", refusal + "ERROR done 1\r\n"])
    }

    @Test func `what is no text is refused in plain words and the next line works`() {
        let refusal = "ERROR not-text A scan is UTF-8 text without control characters\r\n"
        for bytes: [UInt8] in [[0xFF], [0x41, 0x00], [0x1B, 0x5B], [0xC3], [0xED, 0xA0, 0x80], [0x7F]] {
            let found = lines([bytes + Array("\nA\n".utf8)])
            #expect(found == ["scan 1 A", refusal + "ERROR done 1\r\n"])
        }
        #expect(lines([Array("\u{1F600} é\n".utf8)]).dropLast() == ["scan 0 \u{1F600} é"])
        #expect(lines([Array(" \t\n]Q3\n".utf8)]).first?.hasPrefix("ERROR empty-scan ") == true)
    }

    @Test func `answers leave in the order of the lines, in whatever order they come`() {
        var conversation = Conversation()
        var numbers: [UInt64] = []
        conversation.receive(Array("A\n\u{7F}\nB\n\u{7F}\nC\n".utf8)) { numbers.append($0.number) }
        #expect(numbers == [0, 2, 4])
        #expect(conversation.output.isEmpty)
        conversation.answer(4, with: .deny(.closed, text: "four"))
        conversation.answer(2, with: .deny(.closed, text: "two"))
        #expect(conversation.output.isEmpty && conversation.unanswered == 5)
        conversation.answer(0, with: .deny(.closed, text: "none"))
        let kinds = String(decoding: conversation.output, as: UTF8.self).split(separator: "\r\n").map {
            $0.split(separator: " ").last.map(String.init)
        }
        #expect(kinds == ["none", "characters", "two", "characters", "four"])
        #expect(conversation.unanswered == 0)
    }

    @Test func `an answer to nothing, or a second one, changes nothing`() {
        var conversation = Conversation()
        conversation.receive(Array("A\nB\n".utf8)) { _ in }
        conversation.answer(7, with: .failed)
        conversation.answer(1, with: .deny(.closed, text: "b"))
        conversation.answer(1, with: .failed)
        conversation.answer(0, with: .deny(.closed, text: "a"))
        conversation.answer(0, with: .failed)
        #expect(String(decoding: conversation.output, as: UTF8.self) == "DENY closed a\r\nDENY closed b\r\n")
    }

    @Test func `numbers and order hold over many thousand lines with answers in between`() {
        var conversation = Conversation()
        var waiting: [UInt64] = []
        var expected: [String] = []
        for line in 0..<5_000 {
            conversation.receive(Array("\(line)\n".utf8)) { waiting.append($0.number) }
            expected.append("DENY closed \(line)")
            if line % 700 == 699 {
                for number in waiting.reversed() {
                    conversation.answer(number, with: .deny(.closed, text: "\(number)"))
                }
                waiting = []
            }
        }
        for number in waiting { conversation.answer(number, with: .deny(.closed, text: "\(number)")) }
        let output = String(decoding: conversation.output, as: UTF8.self)
        #expect(output.split(separator: "\r\n").map(String.init) == expected)
        conversation.sent(20)
        #expect(conversation.output.count == output.utf8.count - 20)
    }
}
