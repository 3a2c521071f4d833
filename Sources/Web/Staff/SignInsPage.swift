import HTTP
import Operations
import Registration

/// `/sign-ins`: where somebody is signed in, to end what they do not know; an administrator sees everybody's.
struct SignInsPage {
    var sessions: [StaffSession]
    var signedIn: SignedIn
    var staff: StaffBar
    var now: Timestamp

    var document: HTML {
        Layout("Sign-ins", staff: staff).document(
            """
            <div class="stack-wide">
            <div><h1>Sign-ins</h1>
            <p class="lead soft">\(signedIn.role == .admin ? "Everybody who is signed in." : "Where you are signed in.") \
            End one that you do not recognise: it stops working at once.</p></div>
            <table class="table table-cards">
            <thead><tr><th scope="col">Who</th><th scope="col">Signed in</th><th scope="col">Last used</th>\
            <th scope="col"><span class="hidden">End it</span></th></tr></thead>
            <tbody>\(sessions.map(row))</tbody>
            </table>
            </div>
            """)
    }

    private func row(_ session: StaffSession) -> HTML {
        let isThis = session.id == signedIn.session.id
        return """
            <tr><th scope="row"><bdi>\(session.member.email)</bdi><br><span class="soft small">\(session.member.role.words)\
            \(isThis ? ", this sign-in" : "")</span></th>
            <td data-label="Signed in">\(ago(session.started))</td>
            <td data-label="Last used">\(ago(session.seen))</td>
            <td><form method="post" action="/sign-ins/\(session.id)/end">\
            <input type="hidden" name="token" value="\(staff.formToken)">\
            <button class="button button-quiet button-small" type="submit">End\
            <span class="hidden"> the sign-in of \(session.member.email), \(ago(session.started))</span></button></form></td></tr>
            """
    }

    /// A span instead of a time, as nobody's time zone is known here.
    private func ago(_ moment: Timestamp) -> String {
        let minutes = now.milliseconds(since: moment) / 60_000
        return switch minutes {
        case ..<1: "just now"
        case 1: "a minute ago"
        case ..<60: "\(minutes) minutes ago"
        case ..<120: "an hour ago"
        default: "\(minutes / 60) hours ago"
        }
    }
}

extension Site {
    func showSignIns(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        SignInsPage(
            sessions: try await sessions(for: signedIn), signedIn: signedIn,
            staff: bar(signedIn, current: .sessions), now: frontOfHouse.now
        ).document.response()
    }

    func endSignIn(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let owner = signedIn.role == .admin ? nil : signedIn.session.member.id
        guard let id = Int64(parameters["id"]), try await frontOfHouse.revokeStaffSession(id, of: owner)
        else {
            throw RequestError(.notFound, "This sign-in has ended already.")
        }
        return .redirect(to: "/sign-ins")
    }

    private func sessions(for signedIn: SignedIn) async throws -> [StaffSession] {
        try await frontOfHouse.staffSessions().filter {
            signedIn.role == .admin || $0.member.id == signedIn.session.member.id
        }
    }
}
