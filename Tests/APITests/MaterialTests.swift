import HTTP
import Operations
import Registration
import Synchronization
import TestPeers
import Testing

@testable import API

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MaterialTests {
    private static let files = "/events/conference/sessions/first/files"
    private static let links = "/events/conference/sessions/first/links"
    private static let materials = "/events/conference/materials"

    @Test func `a file is put, listed, read and removed`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let bytes = [UInt8](repeating: 7, count: 400_000)
        let put = try await house.ask(
            .put, Self.files + "/Folien%20f%C3%BCr%20Zo%C3%AB.pdf", token: token, raw: bytes)
        #expect(put.status == 201 && put.json.text("name") == "Folien für Zoë.pdf")
        #expect(put.json.text("kind") == "file" && put.json["bytes"]?.number == 400_000)
        #expect(put.json.text("type") == "application/pdf" && put.json["address"] == .null)
        // Repeated, it takes its own place.
        _ = try await house.ask(.put, Self.files + "/b.pdf", token: token, raw: [1])
        let again = try await house.ask(.put, Self.files + "/b.pdf", token: token, raw: [2, 3])
        let list = try await house.ask(.get, Self.materials, token: token)
        #expect(list.json["items"]?.list == [put.json, again.json] && list.json["next"] == .null)
        let number = try #require(put.json["material"]?.number)
        let path = Self.materials + "/\(number)"
        let file = try await house.ask(.get, path + "/file", token: token)
        #expect(file.status == 200 && file.headers["Content-Type"] == "application/octet-stream")
        #expect(file.headers["Content-Disposition"]?.hasPrefix("attachment; filename=\"Folien f_r") == true)
        #expect(file.headers["X-Content-Type-Options"] == "nosniff")
        #expect(file.body == bytes)
        let removed = try await house.ask(.delete, path, token: token)
        #expect(removed.status == 200 && removed.json == put.json)
        for method in [Method.delete, .get] {
            let target = method == .get ? path + "/file" : path
            #expect(try await house.ask(method, target, token: token).status == 404)
        }
    }

    @Test func `a link is added, and what is none is said beside its field`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let added = try await house.ask(
            .post, Self.links, token: token, body: ["name": "Talk", "address": "https://example.org/t"])
        #expect(added.status == 201 && added.json.text("address") == "https://example.org/t")
        #expect(added.json.text("kind") == "link" && added.json["bytes"] == .null)
        let number = try #require(added.json["material"]?.number)
        #expect(
            try await house.ask(.get, Self.materials + "/\(number)/file", token: token).status == 404)
        for (name, address, field) in [
            ("", "https://example.org", "name"), ("a", "javascript:alert(1)", "address"),
            (String(repeating: "n", count: Material.nameLimit + 1), "https://example.org", "name"),
        ] {
            let answer = try await house.ask(
                .post, Self.links, token: token, body: ["name": .text(name), "address": .text(address)])
            #expect(answer.status == 422 && answer.fields == [field])
        }
        let nowhere = try await house.ask(
            .post, "/events/conference/sessions/none/links", token: token,
            body: ["name": "a", "address": "https://example.org"])
        #expect(nowhere.status == 404)
    }

    @Test func `whoever may not put a file is refused before any of it is read`() async throws {
        let house = try await House()
        try await house.open()
        try await house.open("other")
        let wasRead = Atomic(false)
        let untouched = UploadReader {
            wasRead.store(true, ordering: .relaxed)
            return nil
        }
        for (token, status) in [
            (nil, 401), ("wrong", 401), (try await house.token(.reception), 403),
            (try await house.token(.organiser, event: "other"), 403),
        ] {
            let answer = try await house.ask(
                .put, Self.files + "/a.pdf", token: token, upload: untouched)
            #expect(answer.status == status)
        }
        #expect(wasRead.load(ordering: .relaxed) == false)
        let reception = try await house.token(.reception)
        #expect(try await house.ask(.get, Self.materials, token: reception).status == 200)
        #expect(try await house.ask(.get, Self.materials).status == 401)
        #expect(try await house.ask(.delete, Self.materials + "/1", token: reception).status == 403)
    }

    @Test func `what is no file of a session is refused as what it is`() async throws {
        let house = try await House()
        try await house.open()
        let token = try await house.token(.organiser)
        let empty = try await house.ask(.put, Self.files + "/a.pdf", token: token)
        #expect(empty.status == 422 && empty.problem == "invalid")
        let unnamed = try await house.ask(.put, Self.files + "/%2E%2E", token: token, raw: [1])
        #expect(unnamed.status == 422 && unnamed.fields == ["name"])
        let nowhere = try await house.ask(
            .put, "/events/conference/sessions/none/files/a", token: token, raw: [1])
        #expect(nowhere.status == 404)
        let sent = Atomic<Int>(0)
        let tooLarge = UploadReader {
            let number = sent.add(1, ordering: .relaxed).oldValue
            return .bytes([UInt8](repeating: 1, count: number < 50 ? 1 << 20 : 1))
        }
        let large = try await house.ask(.put, Self.files + "/a", token: token, upload: tooLarge)
        #expect(large.status == 413 && large.problem == "content-too-large")
        #expect(sent.load(ordering: .relaxed) == 51)
        for number in 0..<Material.sessionLimit {
            _ = try await house.ask(.put, Self.files + "/\(number)", token: token, raw: [1])
        }
        let full = try await house.ask(.put, Self.files + "/more", token: token, raw: [1])
        #expect(full.status == 409 && full.problem == "materials-full")
    }

    @Test func `the description says that a file is taken as it is, and how large it may be`() async throws {
        let house = try await House()
        let description = try await Description(house.router)
        let path = "/events/{event}/sessions/{session}/files/{name}"
        let body = description.json["paths"]?[path]?["put"]?["requestBody"]
        #expect(body?["content"]?["*/*"]?["schema"] == [:])
        #expect(body?.text("description")?.contains("52428800 bytes") == true)
    }
}
