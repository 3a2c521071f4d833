/// What the form says of whom it is about: whoever fills it in, or somebody at the reception desk.
struct RegisterWords {
    var title: String
    var person = "About you"
    var needs = "What you need"
    var button: String

    static let forThemselves = RegisterWords(title: "Register", button: "Register")
    static let toWait = RegisterWords(title: "Join the waiting list", button: "Join the waiting list")
    static let byStaff = RegisterWords(
        title: "Register somebody new", person: "About them", needs: "What they need",
        button: "Register and check in")

    /// Who gets a place that becomes free, after a comma.
    ///
    /// - Parameter isHeld: whether the waiting lists promote nobody by themselves at present.
    static func nextPlace(isHeld: Bool) -> String {
        isHeld ? "the organisers choose who gets it" : "it goes to whoever has waited longest"
    }
}
