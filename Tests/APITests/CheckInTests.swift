import HTTP
import Registration
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct CheckInTests {
    let checkIns = "/events/conference/check-ins"

    @Test func `a code is admitted, then known, and strangers are denied`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada", sessions: ["first"])
        house.clock.now = Conference.hour(9)
        let token = try await house.token(.reception)
        func scan(_ code: String, _ point: String) async throws -> JSON {
            try await house.ask(
                .post, checkIns, token: token, body: ["code": .text(code), "point": .text(point)]
            ).json
        }
        let first = try await scan(ada.code, "entrance")
        #expect(first.text("verdict") == "admit" && first.text("name") == "Ada" && first["reason"] == .null)
        house.clock.now = house.clock.now.adding(seconds: 4)
        let again = try await scan(ada.code, "entrance")
        #expect(again.text("verdict") == "again" && again.text("text") == "first 09:00 at entrance")
        let stranger = try await scan("nonsense", "entrance")
        #expect(stranger.text("reason") == "unknown-code" && stranger["reference"] == .null)
        #expect(try await scan(ada.code, "second").text("reason") == "not-booked")
        #expect(try await scan(ada.code, "first").text("verdict") == "admit")
    }

    @Test func `the same scan again is answered as the first time`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        house.clock.now = Conference.hour(9)
        let token = try await house.token(.reception)
        let scan: JSON = [
            "id": .text(String(repeating: "i", count: 64)), "code": .text(ada.code), "point": "entrance",
            "scanned_at": "2024-12-04T09:30:00+01:00",
        ]
        let first = try await house.ask(.post, checkIns, token: token, body: scan)
        house.clock.now = Conference.hour(12)
        let second = try await house.ask(.post, checkIns, token: token, body: scan)
        #expect(first.json.text("verdict") == "admit")
        #expect(first.json == second.json)
        let other = try await house.ask(
            .post, checkIns, token: token, body: ["code": .text(ada.code), "point": "entrance"])
        #expect(other.json.text("text") == "first 08:30 at entrance")
    }

    @Test func `an id names another scan for another token, and never another scan of the same`() async throws
    {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        house.clock.now = Conference.hour(9)
        let (north, south) = (try await house.token(.reception), try await house.token(.reception))
        func scan(_ code: String, _ point: String, _ token: String) async throws -> Answer {
            try await house.ask(
                .post, checkIns, token: token,
                body: ["id": "1", "code": .text(code), "point": .text(point)])
        }
        #expect(try await scan(ada.code, "entrance", north).json.text("verdict") == "admit")
        #expect(try await scan("nonsense", "entrance", south).json.text("reason") == "unknown-code")
        for (code, point) in [("nonsense", "entrance"), (ada.code, "keynote")] {
            let reused = try await scan(code, point, north)
            #expect(reused.status == 422 && reused.problem == "scan-id-reused")
        }
        #expect(try await scan(ada.code, "entrance", north).json.text("verdict") == "admit")
    }

    @Test(arguments: [
        (#"{"point":"entrance","code":""# + String(repeating: "é", count: 257) + "\"}", ["code"]),
        (#"{"point":"entrance","code":"A\u0000B"}"#, ["code"]), ("{}", ["code", "point"]),
        (#"{"code":"A","point":"attic"}"#, ["point"]),
        (#"{"code":"A","point":"entrance","scanned_at":"yesterday"}"#, ["scanned_at"]),
        (#"{"code":"A","point":"entrance","id":""}"#, ["id"]), (#"{"code":1,"point":"entrance"}"#, ["code"]),
        (#"{"code":"A","point":"entrance","id":""# + String(repeating: "i", count: 65) + "\"}", ["id"]),
        (#"{"point":"entrance","code":""# + String(repeating: "c", count: 513) + "\"}", ["code"]),
    ])
    func `what can't be judged is refused with its field`(body: String, fields: [String]) async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.reception)
        let answer = try await house.ask(.post, checkIns, token: token, raw: Array(body.utf8))
        #expect(answer.status == 422 && answer.fields == fields)
        let nowhere = try await house.ask(
            .post, "/events/nowhere/check-ins", token: token, body: ["code": "A", "point": "entrance"])
        #expect(nowhere.status == 404)
    }

    @Test(arguments: [
        ("2024-12-04T09:12:00Z", 1_733_303_520_000), ("2024-12-04T09:12:00.5+01:00", 1_733_299_920_500),
        ("2024-12-04T09:12:00.123456-00:30", 1_733_305_320_123),
        ("2024-02-29T23:59:59.9996Z", 1_709_251_200_000),
    ])
    func `a moment is read as RFC 3339 has it`(text: String, milliseconds: Int64) {
        #expect(Moment.timestamp(text)?.rawValue == milliseconds)
    }

    @Test(arguments: [
        "", "now", "2024-12-04", "2024-12-04T09:12Z", "2024-12-04 09:12:00Z", "2024-12-04T09:12:00",
        "2024-12-04T09:12:00Zx", "2024-13-04T09:12:00Z", "2024-12-04T09:12:00.Z", "2024-12-04T09:12:00+0100",
        "２０２４-12-04T09:12:00Z", "2024-12-04T09:12:00Z2024-12-04T09:12:00Z", "1733303520",
        "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-04-31T12:00:00+01:00", "2024-00-10T00:00:00Z",
        "2024-12-00T00:00:00Z", "2024-12-04T25:00:00Z", "2024-12-04T24:00:00Z", "2024-12-04T10:61:00Z",
        "2024-12-04T10:00:60.5Z",
    ])
    func `what is no such moment is not read as one`(text: String) {
        #expect(Moment.timestamp(text) == nil)
    }

    @Test func `a code is admitted with what the scanner sent before it`() async throws {
        let house = try await House()
        try await house.open()
        let ada = try await house.register("Ada")
        house.clock.now = Conference.hour(9)
        let answer = try await house.ask(
            .post, checkIns, token: try await house.token(.reception),
            body: ["code": .text("]Q1\(ada.code)"), "point": "entrance"])
        #expect(answer.json.text("verdict") == "admit")
    }
}
