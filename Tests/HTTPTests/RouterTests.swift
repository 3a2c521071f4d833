import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RouterTests {
    /// Pages at the root and an API below a prefix, each with its own way of showing errors.
    var router: Router {
        var api = Router()
        api.on(.get, "/events/{event}") { _, parameters in .text("api " + parameters["event"]) }
        api.on(.post, "/events/{event}", bodyLimitBytes: 8) { _, _ in .text("posted", status: .created) }
        api.on(.get, "/fault") { _, _ in throw Broken() }
        api.errorPage = { error, _ in
            .json(Array(#"{"status":\#((error as? RequestError)?.status.rawValue ?? 500)}"#.utf8))
        }
        var web = Router()
        web.on(.get, "/") { _, _ in .text("home") }
        web.on(.get, "/e/{event}") { _, parameters in .text("event " + parameters["event"]) }
        web.on(.get, "/e/new") { _, _ in .text("new") }
        web.on(.get, "/e/new/form") { _, _ in .text("form") }
        web.on(.get, "/e/{event}/me/{reference}/{key}") { _, parameters in
            .text([parameters["event"], parameters["reference"], parameters["key"]].joined(separator: "|"))
        }
        web.on(.post, "/e/{event}/register") { _, _ in throw RequestError(.conflict, "Full.") }
        web.finish = { response, _ in response.headers["X-Face"] = "web" }
        web.mount(api, at: "/api/v1")
        return web
    }

    struct Broken: Error {}

    func answer(_ method: Method, _ target: String) async throws -> (Status, String, Headers) {
        let response = await router.respond(to: Request(method, target))
        let text = String(decoding: try await response.body.collected(), as: UTF8.self)
        return (response.status, text, response.headers)
    }

    @Test(arguments: [
        ("/", "home"), ("/e/demo", "event demo"), ("/e/new", "new"), ("/e/new/form", "form"),
        ("/e/demo/me/K7QX2M4P/a%2Fb", "demo|K7QX2M4P|a/b"), ("/e/caf%C3%A9", "event café"),
        ("/e/new/me/A/B", "new|A|B"), ("/e/demo?x=1", "event demo"), ("/api/v1/events/demo", "api demo"),
    ])
    func `an address goes to the handler of its pattern`(target: String, text: String) async throws {
        #expect(try await answer(.get, target).1 == text)
        #expect(try await answer(.head, target).0 == .ok)
    }

    @Test(arguments: ["/x", "/e", "/e/", "/e//me/a/b", "//", "/e/demo/", "/api/v1x", "/e/new/other"])
    func `an address that nobody answers is not found, shown by the pages' face`(target: String) async throws
    {
        let (status, text, headers) = try await answer(.get, target)
        #expect(status == .notFound)
        #expect(text == "There is nothing at this address.\n")
        #expect(headers["X-Face"] == "web")
    }

    @Test func `what is mounted shows its own errors, also for addresses below it that nobody answers`()
        async throws
    {
        for target in ["/api/v1/nothing", "/api/v1"] {
            #expect(try await answer(.get, target).1 == #"{"status":404}"#)
        }
        #expect(try await answer(.get, "/api/v1/fault").1 == #"{"status":500}"#)
        #expect(try await answer(.get, "/api/v1/fault").2["X-Face"] == nil)
        #expect(try await answer(.get, "/api/v1/%").1 == #"{"status":400}"#)
    }

    @Test func `a method that an address does not take is answered with those it takes`() async throws {
        let (status, _, headers) = try await answer(.delete, "/e/demo")
        #expect(status == .methodNotAllowed)
        #expect(headers["allow"] == "GET, HEAD")
        #expect(try await answer(.get, "/e/demo/register").2["Allow"] == "POST")
        #expect(try await answer(.put, "/api/v1/events/demo").1 == #"{"status":405}"#)
        let invented = Method(rawValue: "BREW")
        #expect(try await answer(invented, "/e/demo").1 == "This address takes GET, HEAD, not BREW.\n")
        #expect(invented.label == "other" && Method.post.label == "POST")
    }

    @Test func `an error that a handler throws is shown with its sentence`() async throws {
        let (status, text, _) = try await answer(.post, "/e/demo/register")
        #expect(status == .conflict)
        #expect(text == "Full.\n")
    }

    @Test(arguments: [
        "/%", "/%4", "/%zz", "/%FF", "/a%00b", "/a%0Ab", "nothing", "", "/?a=%", "/?a=%FF", "/a b",
        "/?a=\u{7F}",
    ])
    func `an address with wrong encoding is a bad request`(target: String) async throws {
        #expect(try await answer(.get, target).0 == .badRequest)
    }

    @Test func `an address has at most 32 segments`() async throws {
        var deep = Router()
        let pattern = String(repeating: "/a", count: 32)
        deep.on(.get, pattern) { _, _ in .text("deep") }
        #expect(await deep.respond(to: Request(.get, pattern)).status == .ok)
        #expect(await deep.respond(to: Request(.get, pattern + "/a")).status == .notFound)
    }

    @Test func `the pattern and the body limit of a request are known before its body`() {
        let match = router.match(Request(.post, "/api/v1/events/demo"))
        #expect(match.pattern == "/api/v1/events/{event}")
        #expect(match.bodyLimitBytes == 8)
        #expect(router.match(Request(.get, "/nothing")).pattern == nil)
        #expect(router.match(Request(.delete, "/e/demo")).pattern == "/e/{event}")
    }

    @Test func `what is mounted without a prefix takes no other addresses than its own`() async throws {
        var plain = Router()
        plain.on(.get, "/healthz") { _, _ in .text("ok") }
        plain.on(.get, "/fault") { _, _ in throw Broken() }
        var router = router
        router.mount(plain)
        #expect(await router.respond(to: Request(.get, "/healthz")).headers["X-Face"] == nil)
        #expect(await router.respond(to: Request(.get, "/fault")).headers["X-Face"] == nil)
        for target in ["/nothing", "/healthz/x", "/%"] {
            #expect(await router.respond(to: Request(.get, target)).headers["X-Face"] == "web")
        }
        let missing = await router.respond(to: Request(.get, "/api/v1/none"))
        #expect(try await missing.body.collected() == Array(#"{"status":404}"#.utf8))
    }

    @Test func `a mounted router that mounts another keeps every prefix`() async throws {
        var outer = Router()
        outer.mount(router, at: "/lanyard")
        let page = await outer.respond(to: Request(.get, "/lanyard/api/v1/events/demo"))
        #expect(try await page.body.collected() == Array("api demo".utf8))
        let missing = await outer.respond(to: Request(.get, "/lanyard/api/v1/none"))
        #expect(try await missing.body.collected() == Array(#"{"status":404}"#.utf8))
        #expect(await outer.respond(to: Request(.get, "/api/v1/events/demo")).headers["X-Face"] == nil)
    }
}
