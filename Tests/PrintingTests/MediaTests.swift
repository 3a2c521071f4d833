import TestPeers
import Testing

@testable import Printing

@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct MediaTests {
    let label = PaperSize(widthMillimetres: 89, heightMillimetres: 36)
    let wide = Medium.Margins(top: 423, bottom: 423, left: 423, right: 423)

    @Test func `the paper of a badge is the one of its size with the least margins`() {
        let media = Media(sizes: [
            Medium(size: PaperSize(width: 21_000, height: 29_700), margins: .none),
            Medium(size: label, margins: wide), Medium(size: label, margins: .none),
        ])
        #expect(media.medium(for: label) == Medium(size: label, margins: .none))
    }

    @Test func `a size rounded to inches is the same paper, another is not`() {
        let media = Media(sizes: [Medium(size: PaperSize(width: 8_890, height: 3_580), margins: .none)])
        #expect(media.medium(for: label)?.size == PaperSize(width: 8_890, height: 3_580))
        #expect(media.medium(for: PaperSize(width: 9_000, height: 3_600)) == nil)
    }

    @Test func `paper lying the other way serves if there is no better`() {
        let turned = Media(sizes: [Medium(size: label.turned, margins: .none)])
        #expect(turned.medium(for: label)?.size == label.turned)
        let custom = Media(
            sizes: [Medium(size: label.turned, margins: .none)],
            custom: (PaperSize(width: 1_000, height: 1_000), PaperSize(width: 10_000, height: 9_000)))
        #expect(custom.medium(for: label)?.size == label)
    }

    @Test func `a queue that cuts to measure still has a largest and a smallest size`() {
        let media = Media(
            sizes: [],
            custom: (PaperSize(width: 2_000, height: 2_000), PaperSize(width: 9_000, height: 9_000)))
        #expect(media.medium(for: PaperSize(width: 9_000, height: 2_000)) != nil)
        #expect(media.medium(for: PaperSize(width: 9_001, height: 2_000)) == nil)
        #expect(media.medium(for: PaperSize(width: 9_000, height: 1_999)) == nil)
    }

    @Test func `sizes are told in millimetres`() {
        #expect(label.description == "89 × 36 mm")
        #expect(PaperSize(width: 10_160, height: 6_350).description == "101.6 × 63.5 mm")
    }

    @Test func `a server's address is read in each of its forms`() throws {
        #expect(CUPSServer("127.0.0.1:8631")?.description == "127.0.0.1:8631")
        #expect(CUPSServer("printers.example.org")?.description == "printers.example.org:631")
        #expect(CUPSServer("[::1]:631")?.description == "[::1]:631")
        #expect(CUPSServer("/run/cups/cups.sock")?.description == "/run/cups/cups.sock")
        for text in [":631", "a:0", "a:65536", "a:b", "[::1", "a b"] { #expect(CUPSServer(text) == nil) }
    }
}
