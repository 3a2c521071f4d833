/// `/login`: where staff sign in.
struct LoginPage {
    var email = ""
    /// Where to go afterwards: a path of this site.
    var next: String?
    /// Whether they were signed in when they sent a form of the desk off, and then no longer.
    var hasEnded = false
    var problems: [FieldProblem] = []
    var formToken: String

    var document: HTML {
        var layout = Layout("Sign in")
        layout.hasProblem = !problems.isEmpty
        layout.isNarrow = true
        return layout.document(
            """
            <div class="stack-wide">
            \(problems.summary)
            \(when(hasEnded && problems.isEmpty, ended))
            <div class="stack"><h1>Sign in</h1><p class="soft">For reception staff and organisers. \
            You do not need to sign in to register or to see your ticket.</p></div>
            <form class="stack-fields" method="post" action="/login" novalidate>
            <input type="hidden" name="token" value="\(formToken)">
            \(next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" as HTML })
            \(when(hasEnded, "<input type=\"hidden\" name=\"ended\" value=\"1\">"))
            \(emailField.html(problems))
            \(passwordField.html(problems))
            <button class="button" type="submit">Sign in</button>
            </form>
            </div>
            """)
    }

    private var ended: HTML {
        """
        <section class="notice notice-bad" role="alert"><p><strong>Your sign-in has ended.</strong> \
        The last scan was not counted: sign in, then scan it again.</p></section>
        """
    }

    private var emailField: TextField {
        TextField(
            id: "email", label: "E-mail address", kind: .email, value: email, autocomplete: "email",
            isRequired: true)
    }

    // What was typed as a password is the one thing that is not sent back.
    private var passwordField: TextField {
        TextField(
            id: "password", label: "Password", kind: .password, autocomplete: "current-password",
            isRequired: true)
    }
}
