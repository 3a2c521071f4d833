import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StreamedBodyTests {
    func text(_ event: ServerSentEvent) -> String { String(decoding: event.bytes, as: UTF8.self) }

    @Test func `an event is framed as the HTML standard has it`() {
        #expect(text(ServerSentEvent(data: "x")) == "data: x\n\n")
        #expect(
            text(ServerSentEvent(id: "7", event: "scan", data: "a\nb\r\nc\rd\n"))
                == "id: 7\nevent: scan\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n")
        #expect(text(ServerSentEvent(id: "7\ndata: x", data: "")) == "id: 7data: x\ndata: \n\n")
    }

    @Test func `a stream is collected to its end, or to the limit if it has none`() async throws {
        let finite = Response.events { writer in
            for number in 1...3 { try await writer.write(ServerSentEvent(data: String(number))) }
        }
        #expect(try await finite.body.collected() == Array("data: 1\n\ndata: 2\n\ndata: 3\n\n".utf8))
        let endless = Body.stream { writer in while true { try await writer.write([1, 2, 3]) } }
        #expect(try await endless.collected(limitBytes: 10).count == 10)
        struct Broken: Error {}
        let broken = Body.stream { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await broken.collected() }
    }
}
