import HTTP
import Operations
import Registration
import TestPeers

/// Every kind of page as it was answered, in each state that looks different; collected without a browser, so that
/// also what is hard to come to by clicking hangs here.
struct Gallery {
    struct Picture: Sendable {
        /// What a file may be called.
        var name: String
        var status: Status
        var html: String
    }

    let house: House
    private(set) var pictures: [Picture] = []
    /// The routes, as `GET /e/{event}`, that have a page here.
    private(set) var shown: Set<String> = []

    let anybody: Visit
    let organiser: Visit
    let reception: Visit
    /// Books a workshop, has needs, agrees to something and has answered.
    let ada: RegisteredAttendee
    /// Waits for a workshop beside a place that would be given up.
    let bob: RegisteredAttendee
    /// Has cancelled.
    let gone: RegisteredAttendee

    static let desk = "/desk/\(Sample.event.slug)"
    static let organise = "/organise/\(Sample.event.slug)"

    /// Collects everything.
    static func whole() async throws -> Gallery {
        var gallery = try await Gallery()
        try await gallery.collectRoutes()
        try await gallery.collectErrors()
        try await gallery.collectOpenPages()
        try await gallery.collectOwnPages()
        try await gallery.collectStaffPages()
        // Last, as it is over then.
        try await gallery.collectPagesAfterwards()
        return gallery
    }

    private init() async throws {
        house = try await House(letters: true, questions: QuestionPageTests.questions)
        anybody = Visit(house)
        organiser = Visit(house)
        reception = Visit(house)
        try await organiser.signIn(.organiser)
        try await reception.signIn(.reception)
        for number in 0..<30 {
            let form = RegistrationForm(
                name: "Guest \(number)", email: "guest\(number)@example.org", sessions: ["case-studies"],
                answers: Gallery.answers)
            _ = try await house.register(form)
        }
        ada = try await house.register(
            RegistrationForm(
                name: "Ada Lovelace", email: "ada@example.org", organisation: "Engines", role: "Nurse",
                accessNeeds: "A ramp", dietaryNeeds: "Vegan", sessions: ["resources", "walk"],
                consents: [.newsletter], answers: Gallery.answers))
        bob = try await house.register(
            RegistrationForm(
                name: "Bob", email: "bob@example.org", sessions: ["resources", "case-studies"],
                waitsFor: ["case-studies"], swaps: true, answers: Gallery.answers))
        gone = try await house.register(
            RegistrationForm(name: "Gone", email: "gone@example.org", answers: Gallery.answers))
        _ = try await house.front.cancel(
            event: Sample.event.slug, reference: gone.attendee.reference, byStaff: true)
    }

    static let answers: [String: Answer] = [
        "travel": .text("Car"), "hope": .text("Much"), "rules": .tick(true),
    ]

    static func own(_ person: RegisteredAttendee, _ form: String = "") -> String {
        "/e/\(person.event.slug)/me/\(person.attendee.reference)/\(person.manageKey)\(form)"
    }

    /// Hangs up what was answered, unless it is no page or hangs there already.
    mutating func hang(_ name: String, _ page: Page, _ method: HTTP.Method = .get) {
        guard page.headers["Content-Type"]?.hasPrefix("text/html") == true, !page.text.isEmpty else { return }
        if let pattern = house.router.match(Request(method, page.path)).pattern {
            shown.insert("\(method.rawValue) \(pattern)")
        }
        guard !pictures.contains(where: { $0.html == page.text }) else { return }
        pictures.append(Picture(name: "\(pictures.count)-\(name)", status: page.status, html: page.text))
    }

    /// Fills a form in and sends it; hangs up the answer, or where that leads to.
    mutating func send(
        _ name: String, _ visit: Visit, _ path: String, from form: String? = nil,
        _ fields: [(String, String)]
    ) async throws {
        let shown = try await visit.get(form ?? path)
        let hidden = [("token", shown.token), ("key", shown.value("key") ?? "")]
        let answer = try await visit.post(path, hidden + fields)
        hang(name, answer, .post)
        if answer.status == .seeOther { hang(name + "-done", try await visit.follow(answer)) }
    }

    mutating func look(_ name: String, _ visit: Visit, _ path: String) async throws {
        hang(name, try await visit.get(path))
    }

    /// What the newest letter of a kind holds.
    func letter(_ kind: LetterKind) async throws -> LetterContents? {
        let letters = try await house.front.lettersDue(limit: 200).filter { $0.told.kind == kind }
        guard let newest = letters.max(by: { $0.id.rawValue < $1.id.rawValue }) else { return nil }
        return try await house.front.contents(of: newest)
    }
}
