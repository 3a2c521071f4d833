import HTTP
import Operations
import Registration

extension Site {
    func showLogin(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let next = LocalPath(request.query["next"])
        if try await signedIn(request) != nil { return .redirect(to: next?.text ?? "/desk") }
        return login(request, next: next, hasEnded: request.query["ended"] != nil)
    }

    func signIn(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try request.form()
        let email = form["email"] ?? ""
        let password = form["password"] ?? ""
        let next = LocalPath(form["next"])
        func refuse(_ status: Status, _ problems: [FieldProblem]) -> Response {
            login(request, email: email, next: next, hasEnded: form["ended"] != nil, problems, status)
        }
        guard isGenuine(form, visitor(request)) else {
            return refuse(
                .forbidden,
                [
                    FieldProblem(
                        sentence: "This form could not be matched to your browser, which must allow cookies "
                            + "for this. Enter your password again.")
                ])
        }
        var missing: [FieldProblem] = []
        if email.isEmpty {
            missing.append(FieldProblem(field: "email", sentence: "Enter your e-mail address."))
        }
        if password.isEmpty {
            missing.append(FieldProblem(field: "password", sentence: "Enter your password."))
        }
        guard missing.isEmpty else { return refuse(.unprocessableContent, missing) }
        switch try await frontOfHouse.signIn(email: email, password: password, from: request.clientKey) {
        case .signedIn(_, let token):
            // A new token each time: one that somebody planted before is worth nothing afterwards.
            var response = Response.redirect(to: next?.text ?? "/desk")
            response.set(sessionCookie(token))
            return response
        case .wrong:
            return refuse(
                .unprocessableContent,
                [
                    FieldProblem(
                        field: "password",
                        sentence: "This e-mail address and password do not belong together."
                    )
                ])
        case .tooMany(let seconds):
            return refuse(
                .tooManyRequests,
                [FieldProblem(sentence: "Too many attempts. Wait \(seconds.seconds) and try again.")]
            ).with("Retry-After", String(seconds))
        }
    }

    func signOut(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        _ = try await frontOfHouse.revokeStaffSession(signedIn.session.id, of: signedIn.session.member.id)
        var response = Response.redirect(to: "/login")
        response.set(sessionCookie("", maxAgeSeconds: 0))
        return response
    }

    private func sessionCookie(_ token: String, maxAgeSeconds: Int? = nil) -> Cookie {
        Cookie(sessionCookieName, token, maxAgeSeconds: maxAgeSeconds, isSecure: isSecure)
    }

    private func login(
        _ request: Request, email: String = "", next: LocalPath?, hasEnded: Bool,
        _ problems: [FieldProblem] = [],
        _ status: Status = .ok
    ) -> Response {
        let visitor = visitor(request)
        let page = LoginPage(
            email: email, next: next?.text, hasEnded: hasEnded, problems: problems,
            formToken: frontOfHouse.formToken(session: visitor.name))
        var response = page.document.response(status)
        visitor.introduce(to: &response, isSecure: isSecure)
        return response
    }
}
