import HTTP
import Operations
import Registration
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct SafetyTests {
    static let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"

    /// Every kind of page, with hostile text wherever people type.
    func everyPage(_ house: House) async throws -> [Page] {
        let person = try await house.register(
            RegistrationForm(
                name: SafetyTests.hostile, email: "a'b@example.org", organisation: SafetyTests.hostile,
                role: SafetyTests.hostile, accessNeeds: SafetyTests.hostile,
                dietaryNeeds: SafetyTests.hostile,
                sessions: ["walk"]))
        let visitor = Visit(house)
        let own = "\(Sample.path)/me/\(person.attendee.reference)/\(person.manageKey)"
        var pages: [Page] = []
        for path in ["/", Sample.path, Sample.registerPath, own + "?new", "/login", "/nowhere", "/e/nowhere"]
        {
            pages.append(try await visitor.get(path))
        }
        let typed = [
            "name", "email", "organisation", "role", "access_needs", "dietary_needs", "session.walk",
        ]
        pages.append(try await visitor.register(typed.map { ($0, SafetyTests.hostile) }))
        house.clock.now = Sample.at(9)
        try await house.admit(person)
        let staff = Visit(house)
        try await staff.signIn(.admin)
        let desk = "/desk/\(Sample.event.slug)"
        _ = try await house.front.printBadge(event: Sample.event.slug, reference: person.attendee.reference)
        for path in [
            "/desk", desk, "\(desk)/\(person.attendee.reference)", "/organise",
            "/organise/\(Sample.event.slug)",
            "/sign-ins",
        ] {
            pages.append(try await staff.get(path))
        }
        for text in [SafetyTests.hostile, "script"] {
            pages.append(try await staff.follow(try await staff.search(text)))
        }
        return pages
    }

    @Test func `no page holds markup that somebody typed, nor a script or style of its own`() async throws {
        for page in try await everyPage(try await House()) where page.status != .seeOther {
            #expect(page.text.hasPrefix("<!DOCTYPE html>"), "\(page.path)")
            #expect(!page.text.contains("<script>"), "\(page.path)")
            #expect(!page.text.contains("<img"), "\(page.path)")
            #expect(!page.text.contains("alert(1)<"), "\(page.path)")
            #expect(!page.text.contains("<style") && !page.text.contains(" style="), "\(page.path)")
            let tags = page.text.replacing(/"[^"]*"/, with: "")
            #expect(!tags.contains(/<[^>]*\son\w+=/), "\(page.path)")
        }
    }

    @Test func `every answer forbids what pages never do`() async throws {
        for page in try await everyPage(try await House()) {
            let policy = page.headers["Content-Security-Policy"] ?? ""
            #expect(
                policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"), "\(page.path)")
            #expect(!policy.contains("unsafe"))
            for part in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
                #expect(policy.contains(part))
            }
            #expect(page.headers["X-Content-Type-Options"] == "nosniff")
            #expect(page.headers["Strict-Transport-Security"] == nil)
            #expect(page.headers["Cache-Control"] != nil)
        }
    }

    @Test func `over TLS browsers are told to stay there`() async throws {
        let page = try await Visit(try await House(publicURL: "https://a.example")).get("/login")
        #expect(page.headers["Strict-Transport-Security"]?.hasPrefix("max-age=") == true)
        #expect(
            page.headers.all("Set-Cookie").allSatisfy { $0.hasPrefix("__Host-") && $0.contains("Secure") })
    }

    @Test func `labels, hints and problems belong to a field that is there, and no id comes twice`()
        async throws
    {
        for page in try await everyPage(try await House()) {
            let ids = page.text.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "\(page.path)")
            let references =
                page.text.matches(of: /\sfor="([^"]+)"/).map { String($0.1) }
                + page.text.matches(of: /\saria-(?:labelledby|describedby)="([^"]+)"/)
                .flatMap { $0.1.split(separator: " ").map(String.init) }
                + page.text.matches(of: /href="#([^"]+)"/).map { String($0.1) }
            for reference in references { #expect(ids.contains(reference), "\(page.path): \(reference)") }
        }
    }

    @Test func `a fault is noted and shown without its details`() async throws {
        let house = try await House()
        house.close()
        let page = try await Visit(house).get("/")
        #expect(page.status == .internalServerError)
        #expect(page.text.contains("Something went wrong"))
        #expect(!page.text.contains("StorageClosed"))
        #expect(house.faults.all.count == 1)
    }
}
