import HTTP
import Operations
import Registration
import Synchronization
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MaterialsPageTests {
    static let path = "/organise/\(Sample.event.slug)/materials"

    static func own(_ person: RegisteredAttendee) -> String {
        "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
    }

    private func organiser(_ house: House) async throws -> Visit {
        let visit = Visit(house)
        try await visit.signIn(.organiser)
        return visit
    }

    /// Sends the form as a browser does: its fields in their order, then the file.
    @discardableResult
    private func upload(
        _ visit: Visit, session: String = "active-medicine", name: String = "slides.pdf",
        _ bytes: [UInt8] = Array("%PDF-1.7".utf8)
    ) async throws -> Page {
        let token = try await visit.get(Self.path).token
        return try await visit.upload(
            Self.path + "/files",
            [
                .field(name: "token", value: token), .field(name: "session", value: session),
                .file(name: "file", fileName: name),
            ] + (bytes.isEmpty ? [] : [.bytes(bytes)]))
    }

    private func link(
        _ visit: Visit, session: String = "active-medicine", name: String = "Talk",
        address: String = "https://example.org/talk"
    ) async throws -> Page {
        let token = try await visit.get(Self.path).token
        return try await visit.post(
            Self.path + "/links",
            [("token", token), ("session", session), ("name", name), ("address", address)])
    }

    @Test func `a file and a link are on everybody's own page, with what they are`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await organiser(house)
        #expect(try await Visit(house).get(Self.own(ada)).text.contains("Slides and links") == false)
        let sent = try await upload(visit, name: "Folien <b>für<b> Zoë.pdf", Array("%PDF-1.7 x".utf8))
        #expect(sent.status == .seeOther)
        let page = try await visit.follow(sent)
        #expect(page.text.contains("role=\"status\">Added.") && page.text.contains("PDF, 10 bytes"))
        // The session stays chosen for the next file.
        #expect(page.text.contains("value=\"active-medicine\" selected"))
        #expect(try await link(visit).status == .seeOther)
        let own = try await Visit(house).get(Self.own(ada)).text
        #expect(own.contains("Folien &lt;b&gt;für&lt;b&gt; Zoë.pdf") && own.contains("PDF, 10 bytes"))
        #expect(own.contains("href=\"https://example.org/talk\" rel=\"noopener noreferrer\""))
        #expect(own.contains("Link to example.org"))
        #expect(own.contains("Active Medicine training</h4>"))
    }

    @Test func `a file is handed out to be kept, never to be shown`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await organiser(house)
        let script = "<script>alert(1)</script>"
        for (name, type) in [
            ("slides.pdf", "application/pdf"), ("page.html", "application/octet-stream"),
            ("drawing.svg", "application/octet-stream"),
        ] {
            try await upload(visit, name: name, Array(script.utf8))
            let materials = try await house.front.materials(event: Sample.event.slug)
            let id = try #require(materials?.sessions.flatMap(\.materials).last?.id.rawValue)
            for (visit, path) in [
                (Visit(house), Self.own(ada) + "/materials/\(id)"), (visit, Self.path + "/\(id)"),
            ] {
                let file = try await visit.get(path)
                #expect(file.status == .ok && file.text == script)
                #expect(file.headers["Content-Type"] == type)
                #expect(file.headers["Content-Disposition"] == "attachment; filename=\"\(name)\"")
                #expect(file.headers["X-Content-Type-Options"] == "nosniff")
                #expect(file.headers["Cache-Control"] == "no-store")
                #expect(file.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
            }
        }
    }

    @Test func `only people of the event whose registration is confirmed get a file`() async throws {
        let house = try await House()
        let (ada, bea) = (try await house.register("Ada"), try await house.register("Bea"))
        try await upload(try await organiser(house))
        let path = "/materials/1"
        #expect(try await Visit(house).get(Self.own(ada) + path).status == .ok)
        let crossed = "\(Sample.path)/me/\(ada.attendee.reference)/\(bea.manageKey)\(path)"
        #expect(try await Visit(house).get(crossed).status == .notFound)
        #expect(try await Visit(house).get(Self.path + "/1").status == .seeOther)
        for missing in ["2", "0", "x", "-1", "99999999999999999999"] {
            #expect(try await Visit(house).get(Self.own(ada) + "/materials/\(missing)").status == .notFound)
        }
        var other = Sample.event
        other.slug = "other"
        _ = try await house.front.importEvent(other, sessions: [])
        guard
            case .registered(let eve) = try await house.front.register(
                RegistrationForm(name: "Eve", email: "eve@example.org"), event: "other")
        else { throw Unexpected("not registered") }
        let elsewhere = "/e/other/me/\(eve.attendee.reference)/\(eve.manageKey)\(path)"
        #expect(try await Visit(house).get(elsewhere).status == .notFound)
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: ada.attendee.reference, byStaff: true)
        #expect(try await Visit(house).get(Self.own(ada) + path).status == .notFound)
        #expect(try await Visit(house).get(Self.own(ada)).text.contains("slides.pdf") == false)
    }

    @Test func `whoever is not signed in, or not as an organiser, is refused before anything is read`()
        async throws
    {
        let house = try await House()
        let wasRead = Atomic(false)
        let untouched = UploadReader {
            wasRead.store(true, ordering: .relaxed)
            return nil
        }
        let stranger = try await Visit(house).upload(Self.path + "/files", untouched)
        #expect(stranger.status == .seeOther && stranger.headers["Location"] == "/login")
        let reception = Visit(house)
        try await reception.signIn(.reception)
        #expect(try await reception.upload(Self.path + "/files", untouched).status == .forbidden)
        #expect(try await reception.get(Self.path).status == .forbidden)
        #expect(wasRead.load(ordering: .relaxed) == false)
    }

    @Test func `a form of another site is refused before its file is read`() async throws {
        let house = try await House()
        let visit = try await organiser(house)
        let token = try await visit.get(Self.path).token
        let bytes: UploadPiece = .bytes([1, 2, 3])
        for fields: [UploadPiece] in [
            [], [.field(name: "token", value: "wrong")],
            // A token that comes after the file is none.
            [.file(name: "file", fileName: "a.pdf"), bytes, .field(name: "token", value: token)],
        ] {
            let pieces =
                fields + [
                    .field(name: "session", value: "active-medicine"),
                    .file(name: "file", fileName: "a.pdf"), bytes,
                ]
            #expect(try await visit.upload(Self.path + "/files", pieces).status == .forbidden)
        }
        for path in ["/links", "/1/remove"] {
            #expect(try await visit.post(Self.path + path, [("token", "wrong")]).status == .forbidden)
        }
        #expect(try await house.front.materials(event: Sample.event.slug)?.bytes == 0)
    }

    @Test func `what is wrong is said beside its field, and what was chosen stays`() async throws {
        let house = try await House()
        let visit = try await organiser(house)
        for (session, name, bytes, field) in [
            ("resources", "", [], "file"), ("resources", "a.pdf", [], "file"),
            ("none", "a.pdf", [1], "file-session"),
        ] as [(String, String, [UInt8], String)] {
            let page = try await upload(visit, session: session, name: name, bytes)
            #expect(page.status == .unprocessableContent && page.problemTargets == [field])
            #expect(page.text.contains("value=\"resources\" selected") == (session == "resources"))
        }
        for (name, address, field) in [
            ("", "https://example.org", "name"), ("Talk", "javascript:alert(1)", "address"),
        ] {
            let page = try await link(visit, name: name, address: address)
            #expect(page.status == .unprocessableContent && page.problemTargets == [field])
            #expect(page.value("name") == name && page.value("address") == address)
        }
    }

    @Test func `a file past its limit is refused in words once all of it was sent`() async throws {
        let house = try await House()
        let visit = try await organiser(house)
        let token = try await visit.get(Self.path).token
        let sent = Atomic<Int>(0)
        let reader = UploadReader {
            // One piece more than fits, so that the last is there to be thrown away.
            switch sent.add(1, ordering: .relaxed).oldValue {
            case 0: .field(name: "token", value: token)
            case 1: .field(name: "session", value: "resources")
            case 2: .file(name: "file", fileName: "film.mp4")
            case 3...54: .bytes([UInt8](repeating: 1, count: 1 << 20))
            default: nil
            }
        }
        let page = try await visit.upload(Self.path + "/files", reader)
        #expect(page.status == .unprocessableContent && page.problemTargets == ["file"])
        #expect(page.text.contains("A file may have at most 50 MiB."))
        #expect(sent.load(ordering: .relaxed) == 56)
        #expect(try await house.front.materials(event: Sample.event.slug)?.bytes == 0)
    }

    @Test func `what is removed is gone from every page`() async throws {
        let house = try await House()
        let ada = try await house.register("Ada")
        let visit = try await organiser(house)
        try await upload(visit)
        _ = try await link(visit)
        for id in [1, 2] {
            let token = try await visit.get(Self.path).token
            let removed = try await visit.post(Self.path + "/\(id)/remove", [("token", token)])
            #expect(try await visit.follow(removed).text.contains("role=\"status\">Removed."))
            #expect(
                try await visit.post(Self.path + "/\(id)/remove", [("token", token)]).status == .notFound)
        }
        #expect(try await Visit(house).get(Self.own(ada)).text.contains("Slides and links") == false)
    }

    @Test func `the links of the event's file are shown with the others`() async throws {
        let house = try await House(event: nil)
        var sessions = Sample.programme.offers.map(\.session)
        sessions[1].materials = ["https://example.org/handout", "Ask at the desk"]
        _ = try await house.front.importEvent(Sample.event, sessions: sessions)
        let ada = try await house.register("Ada")
        let own = try await Visit(house).get(Self.own(ada)).text
        #expect(own.contains("<a href=\"https://example.org/handout\"") && own.contains("Ask at the desk"))
        let page = try await organiser(house).get(Self.path)
        #expect(page.text.contains("From the event’s file"))
        #expect(try await organiser(house).get("/organise/none/materials").status == .notFound)
    }
}
