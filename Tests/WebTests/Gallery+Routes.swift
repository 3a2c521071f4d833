import HTTP
import Operations
import Registration

// What each route answers, whatever routes there are, and what goes wrong.
extension Gallery {
    /// Routes that answer with files or not at all, and never with a page of their own.
    static let pageless: Set<String> = [
        "GET /organise/{event}/live", "GET /organise/{event}/attendees.csv",
        "GET /organise/{event}/materials/{material}", "GET /e/{event}/me/{reference}/{key}/badge.pdf",
        "GET /robots.txt", "GET /favicon.ico",
    ]

    /// Each address as it is before the event, and each form as it is refused to another browser.
    mutating func collectRoutes() async throws {
        // With a single event the list of events leads there.
        try await importOther("soon") { $0.registrationOpens = $0.starts.adding(seconds: -3_600) }
        for (method, pattern) in house.router.patterns
        where !Gallery.pageless.contains("\(method.rawValue) \(pattern)") && !pattern.hasPrefix("/assets/") {
            let path = fill(pattern)
            let isOfStaff = ["desk", "organise", "sign-ins", "logout"].contains {
                path.hasPrefix("/\($0)")
            }
            let visit = isOfStaff ? organiser : anybody
            let name = pattern.split { !$0.isLetter }.joined(separator: "-")
            if method == .get {
                try await look("get-\(name)", visit, path)
            } else if pattern.hasSuffix("/files") {
                let answer = try await visit.upload(path, [.field(name: "token", value: "wrong")])
                hang("forged-\(name)", answer, .post)
            } else {
                hang("forged-\(name)", try await visit.post(path, [("token", "wrong")]), .post)
            }
        }
    }

    private func fill(_ pattern: String) -> String {
        let values = [
            "event": Sample.event.slug, "reference": "\(ada.attendee.reference)", "key": ada.manageKey,
            "material": "1", "letter": "1", "job": "1", "id": "1", "code": "K7QX2M4P-0000-0000-0000",
        ]
        return values.reduce(pattern) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    func importOther(_ slug: String, _ change: (inout Event) -> Void) async throws {
        var event = Sample.event
        event.slug = slug
        event.title = "Another day: \(slug)"
        change(&event)
        _ = try await house.front.importEvent(event, sessions: Sample.programme.offers.map(\.session))
    }

    /// The error pages, to those who are signed in and those who are not.
    mutating func collectErrors() async throws {
        for (name, visit) in [("anybody", anybody), ("staff", organiser)] {
            try await look("404-\(name)", visit, "/nowhere")
            try await look("405-\(name)", visit, "/logout")
        }
        try await look("404-desk", organiser, Gallery.desk + "/00000000")
        try await look("404-organise", organiser, "/organise/nowhere")
        try await look("403-role", reception, Gallery.organise)
        let request = Request(.post, Sample.registerPath)
        for error in [
            RequestError.contentTooLarge(limitBytes: 65_536), RequestError.badRequest("It makes no sense."),
            Unexpected("a dead disk"),
        ] as [any Error] {
            let response = house.router.show(error, to: request, as: house.router.match(request))
            let page = Page(
                path: request.path, status: response.status, headers: response.headers,
                text: String(decoding: try await response.body.collected(), as: UTF8.self))
            hang("\(response.status.rawValue)", page, .post)
        }
        let limited = Visit(try await House(registrationsPerMinute: 1, signInsPerMinute: 1))
        for _ in 0..<6 { _ = try await limited.get("/verify?code=0") }
        for _ in 0..<2 {
            hang("429-register", try await limited.register(Gallery.registration), .post)
            hang("429-verify", try await limited.get("/verify?code=0"))
            let form = try await limited.get("/login")
            let fields = [("token", form.token), ("email", "a@example.org"), ("password", "x")]
            hang("429-login", try await limited.post("/login", fields), .post)
        }
        let busy = try await House()
        let crowd = Visit(busy, router: try await busy.overloadedPages())
        hang("503-register", try await crowd.register(Gallery.registration), .post)
        let cancel = Gallery.own(try await busy.register("Ada"), "/cancel")
        let token = try await crowd.get(cancel).token
        hang("503-cancel", try await crowd.post(cancel, [("token", token)]), .post)
        let broken = try await House()
        try await broken.breakRegistrations()
        hang("500-register", try await Visit(broken).register(Gallery.registration), .post)
    }

    /// What is accepted where nothing is asked besides.
    static let registration = [
        ("name", "Cyd"), ("email", "cyd@example.org"), ("session.active-medicine", "-"),
        ("session.active-practice", "-"),
    ]
}
