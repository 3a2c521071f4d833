import HTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HeadersTests {
    @Test func `names are compared without case and values keep their order`() {
        var headers: Headers = ["X-A": "1", "x-a": "2", "B": "3"]
        #expect(headers["x-A"] == "1")
        #expect(headers.all("X-a") == ["1", "2"])
        #expect(headers["X-AB"] == nil && headers["[-A"] == nil)
        headers["X-A"] = "4"
        #expect(headers.all("x-a") == ["4"])
        headers["b"] = nil
        #expect(headers.fields.count == 1)
    }

    @Test func `a value can't begin another header`() {
        let headers: Headers = ["Location": "/a\r\nSet-Cookie: x=1\u{0}"]
        #expect(headers["Location"] == "/a  Set-Cookie: x=1 ")
    }

    @Test func `a cookie is set with all its attributes and read back`() {
        var response = Response.redirect(to: "/desk")
        response.set(Cookie("session", "a;b é", path: "/desk", maxAgeSeconds: 60, isSecure: true))
        response.set(Cookie("theme", "dark", isSecure: false))
        #expect(response.status == .seeOther)
        #expect(
            response.headers.all("set-cookie") == [
                "session=a%3Bb%20%C3%A9; Path=/desk; SameSite=Lax; HttpOnly; Max-Age=60; Secure",
                "theme=dark; Path=/; SameSite=Lax; HttpOnly",
            ])
        let request = Request(
            .get, "/", headers: ["Cookie": "xsession=0; session=a%3Bb%20%C3%A9;theme=\"dark\"; bad=%"])
        #expect(request.cookie("session") == "a;b é")
        #expect(request.cookie("theme") == "dark")
        #expect(request.cookie("bad") == "%")
        #expect(request.cookie("none") == nil)
    }

    @Test(arguments: [
        ("\"one\"", true), ("W/\"one\"", true), ("\"two\", \"one\"", true), ("*", true), ("\"two\"", false),
        ("one", false), ("\"", false), ("", false),
    ])
    func `a client that has the state gets 304`(header: String, unchanged: Bool) {
        let request = Request(.get, "/", headers: ["If-None-Match": header])
        let response = Response.text("hello").tagged(EntityTag("one"), for: request)
        #expect(response.status == (unchanged ? .notModified : .ok))
        #expect(response.headers["ETag"] == "\"one\"")
        let post = Request(.post, "/", headers: ["If-None-Match": header])
        #expect(Response.text("hello").tagged(EntityTag("one"), for: post).status == .ok)
    }

    @Test(arguments: [
        ("text/event-stream", true), ("application/json", false), ("*/*", false), ("text/*", true),
        ("text/event-stream;q=0.5, application/json;q=0.4", true),
        ("application/json, text/event-stream", false), ("*/*;q=0.1, text/event-stream", true),
        ("text/event-stream;q=0", false), ("TEXT/EVENT-STREAM ; q=0.9, */*;q=0.1", true), ("", false),
    ])
    func `whether a client wants events is read from what it accepts`(accept: String, events: Bool) {
        #expect(Request(.get, "/", headers: ["Accept": accept]).wantsEventStream == events)
    }

    @Test func `a client that accepts nothing of ours is told so by nil`() {
        let offered = ["application/json", "text/html"]
        #expect(Request(.get, "/").preferred(among: offered) == "application/json")
        #expect(Request(.get, "/", headers: ["Accept": "image/png"]).preferred(among: offered) == nil)
    }
}
