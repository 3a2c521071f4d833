import HTTP
import Operations
import Registration

/// Whoever is signed in on this request.
struct SignedIn: Sendable {
    var session: StaffSession
    /// What the session's cookie holds.
    var token: String

    var role: Role { session.member.role }
}

/// An action of staff.
typealias StaffHandler = @Sendable (Request, Parameters, SignedIn) async throws -> Response
/// An action of staff on a form that is known to be theirs.
typealias StaffFormHandler = @Sendable (Request, Parameters, SignedIn, FormFields) async throws -> Response

/// The one place where it is decided who may do what.
extension Site {
    /// Lets through whoever is signed in with at least this role; sends others to sign in, or away.
    func staff(_ least: Role, _ handler: @escaping StaffHandler) -> Handler {
        { request, parameters in
            guard let signedIn = try await signedIn(request) else { return Site.askToSignIn(request) }
            guard signedIn.role >= least else {
                return PlainPage(
                    title: "Not for your role",
                    sentence:
                        "You are signed in as \(signedIn.role.words), which does not include this page.",
                    action: ("To the events", "/desk"), staff: bar(signedIn)
                ).document.response(.forbidden)
            }
            do {
                return try await handler(request, parameters, signedIn)
            } catch {
                // They keep their bar, so that whatever went wrong they find back.
                return errorPage(error, request, staff: bar(signedIn))
            }
        }
    }

    /// Back to what they wanted to see once they are signed in; from a form of the desk to the desk, with word that
    /// nothing came of it, since the next scan may follow at once.
    private static func askToSignIn(_ request: Request) -> Response {
        let isForm = request.method == .post
        let desk = isForm && request.segments.first == "desk" ? deskPath(request) : nil
        let next = LocalPath(isForm ? desk : request.target)
        let query = next.map { "?next=" + PercentEncoding.encode($0.text) + (isForm ? "&ended=1" : "") }
        return .redirect(to: "/login" + (query ?? ""))
    }

    /// The desk of the event that a page of the desk or of the organisers is about; nil for other pages.
    static func deskPath(_ request: Request) -> String? {
        guard let room = request.segments.first, room == "desk" || room == "organise" else { return nil }
        guard request.segments.count > 2 else { return "/desk" }
        return "/desk/" + PercentEncoding.encode(request.segments[1])
    }

    /// The same for a form: who, then what they sent, then whether their own browser meant to send it.
    func staffForm(_ least: Role, _ handler: @escaping StaffFormHandler) -> Handler {
        staff(least) { request, parameters, signedIn in
            let form = try request.form()
            guard frontOfHouse.isFormToken(form["token"] ?? "", session: signedIn.token) else {
                if request.segments.first == "desk" {
                    return try await refuseAtDesk(request, parameters, signedIn)
                }
                return tryAgain(signedIn)
            }
            return try await handler(request, parameters, signedIn, form)
        }
    }

    /// For a form that was shown under another sign-in, or by somebody else's page.
    func tryAgain(_ signedIn: SignedIn) -> Response {
        PlainPage(
            title: "Please try again",
            sentence: "This page was opened under another sign-in. Nothing was changed.",
            action: ("Back", "/desk"), staff: bar(signedIn)
        ).document.response(.forbidden)
    }

    func signedIn(_ request: Request) async throws -> SignedIn? {
        guard let token = request.cookie(sessionCookieName), !token.isEmpty,
            let session = try await frontOfHouse.staffSession(token: token)
        else { return nil }
        return SignedIn(session: session, token: token)
    }

    var sessionCookieName: String { isSecure ? "__Host-lanyard-session" : "lanyard-session" }

    func bar(_ signedIn: SignedIn, event: Event? = nil, current: StaffBar.Item? = nil) -> StaffBar {
        StaffBar(
            role: signedIn.role, event: event, current: current,
            formToken: frontOfHouse.formToken(session: signedIn.token))
    }
}

/// The way around for staff, in the bar at the top of their pages.
struct StaffBar {
    enum Item { case desk, live, lists, materials, feedback, sessions }

    var role: Role
    var event: Event?
    var current: Item?
    var formToken: String

    var navigation: HTML {
        let at = event.map { "/" + $0.slug } ?? ""
        return """
            <nav aria-label="Staff"><ul>
            <li>\(link(.desk, "Desk", "/desk\(at)"))</li>
            \(when(role >= .organiser, "<li>\(link(.live, "Live", "/organise\(at)"))</li>"))
            \(when(role >= .organiser && event != nil, "<li>\(link(.lists, "Lists", "/organise\(at)/lists"))</li>"))
            \(when(role >= .organiser && event != nil, after(at)))
            <li>\(link(.sessions, "Sign-ins", "/sign-ins"))</li>
            <li><form method="post" action="/logout"><input type="hidden" name="token" value="\(formToken)">\
            <button type="submit">Sign out</button></form></li>
            </ul></nav>
            """
    }

    /// What belongs to one event, and is looked at before and after its day.
    private func after(_ at: String) -> HTML {
        """
        <li>\(link(.materials, "Slides", "/organise\(at)/materials"))</li>
        <li>\(link(.feedback, "Feedback", "/organise\(at)/feedback"))</li>
        """
    }

    private func link(_ item: Item, _ words: String, _ path: String) -> HTML {
        "<a href=\"\(path)\"\("aria-current", is: item == current ? "page" : nil)>\(words)</a>"
    }
}

extension Role {
    var words: String {
        switch self {
        case .reception: "reception"
        case .organiser: "organiser"
        case .admin: "administrator"
        }
    }
}
