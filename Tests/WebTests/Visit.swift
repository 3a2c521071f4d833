import HTTP
import Registration
import Synchronization

/// Somebody at a browser without JavaScript: keeps cookies, and fills in the forms it was shown.
final class Visit: Sendable {
    let house: House
    let address: String
    /// Whom it talks to.
    private let router: Router
    private let cookies = Mutex<[String: String]>([:])

    init(_ house: House, address: String = "192.0.2.1", router: Router? = nil) {
        self.house = house
        self.router = router ?? house.router
        self.address = address
    }

    func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

    func setCookie(_ name: String, _ value: String?) { cookies.withLock { $0[name] = value } }

    func forgetCookies() { cookies.withLock { $0 = [:] } }

    func get(_ path: String, headers: Headers = [:]) async throws -> Page {
        try await send(Request(.get, path, headers: headers, remoteAddress: address))
    }

    func post(_ path: String, _ fields: [(String, String)]) async throws -> Page {
        let form = FormFields(fields.map { FormFields.Field(name: $0.0, value: $0.1) })
        return try await send(
            Request(
                .post, path, headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(form.encoded.utf8), remoteAddress: address))
    }

    /// Sends a form with a file, as it is read from the network.
    func upload(_ path: String, _ pieces: [UploadPiece]) async throws -> Page {
        try await upload(path, UploadReader(pieces))
    }

    func upload(_ path: String, _ upload: UploadReader) async throws -> Page {
        var request = Request(.post, path, remoteAddress: address)
        request.upload = upload
        return try await send(request)
    }

    /// Goes where a redirect leads, as browsers do.
    func follow(_ page: Page) async throws -> Page {
        guard page.status == .seeOther, let target = page.headers["Location"] else {
            throw Unexpected("no redirect but \(page.status)")
        }
        return try await get(String(target.prefix { $0 != "#" }))
    }

    private func send(_ request: Request) async throws -> Page {
        var request = request
        let held = cookies.withLock { $0 }
        if !held.isEmpty {
            request.headers["Cookie"] = held.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let response = await router.respond(to: request)
        for header in response.headers.all("Set-Cookie") {
            guard let pair = header.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else {
                continue
            }
            let value = String(pair[pair.index(after: equals)...])
            let isGone = header.contains("Max-Age=0")
            cookies.withLock { $0[String(pair[..<equals])] = isGone ? nil : value }
        }
        let text = String(decoding: try await response.body.collected(), as: UTF8.self)
        return Page(path: request.path, status: response.status, headers: response.headers, text: text)
    }
}

extension Visit {
    /// Signs in as somebody new of that role.
    func signIn(_ role: Role, email: String? = nil) async throws {
        let email = email ?? "staff\(house.faults.next)@example.org"
        let password = try await house.password(of: email, role: role)
        let form = try await get("/login")
        let page = try await post(
            "/login", [("token", form.token), ("email", email), ("password", password)])
        guard page.status == .seeOther else { throw Unexpected("not signed in: \(page.status)") }
    }

    /// Looks for somebody at the desk, and answers where the browser is sent.
    func search(_ text: String) async throws -> Page {
        let desk = "/desk/\(Sample.event.slug)"
        return try await post(desk + "/scan", [("token", try await get(desk).token), ("text", text)])
    }

    /// Fills in the registration form and sends it.
    func register(_ fields: [(String, String)]) async throws -> Page {
        let form = try await get(Sample.registerPath)
        return try await post(
            Sample.registerPath, [("token", form.token), ("key", form.value("key") ?? "")] + fields)
    }
}

/// What came back.
struct Page: Sendable {
    var path: String
    var status: Status
    var headers: Headers
    var text: String

    /// The value that a field of the page's forms is shown with.
    func value(_ name: String) -> String? {
        guard let start = text.firstRange(of: "name=\"\(name)\"") else { return nil }
        let tag = text[start.upperBound...].prefix { $0 != ">" }
        guard let value = tag.firstRange(of: " value=\"") else { return nil }
        return String(tag[value.upperBound...].prefix { $0 != "\"" })
    }

    var token: String { value("token") ?? "" }

    /// The targets of the summary of problems.
    var problemTargets: [String] {
        guard let summary = text.firstRange(of: "id=\"problems\""),
            let end = text[summary.upperBound...].firstRange(of: "</ul>")
        else { return [] }
        return text[summary.upperBound..<end.lowerBound].split(separator: "href=\"#").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }
}
