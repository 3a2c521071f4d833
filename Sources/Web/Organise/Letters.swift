import HTTP
import Operations
import Registration

extension Site {
    func showLetters(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        let before = request.query["before"].flatMap { Int64($0) }.map(LetterID.init)
        let outbox = try await frontOfHouse.outbox(
            event: parameters["event"], before: before, limit: LettersPage.length)
        guard let outbox else { throw RequestError.notFound }
        var page = LettersPage(
            outbox: outbox, staff: bar(signedIn, event: outbox.event), sendsLetters: sendsLetters)
        switch request.query["again"].flatMap({ Int($0) }) {
        case 0?: page.done = "There was none to send again."
        case 1?: page.done = "One letter is sent again."
        case let count?: page.done = "\(count) letters are sent again."
        case nil: break
        }
        return page.document.response()
    }

    func sendLetterAgain(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        guard let letter = Int64(parameters["letter"]).map(LetterID.init) else { throw RequestError.notFound }
        let slug = parameters["event"]
        let isTried = try await frontOfHouse.tryLetterAgain(event: slug, letter)
        return .redirect(to: LettersPage.path(slug) + "?again=\(isTried ? 1 : 0)")
    }

    func sendLettersAgain(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let slug = parameters["event"]
        // Only those that were to be seen, and older ones: what is refused since is news.
        guard let last = form["last"].flatMap({ Int64($0) }).map(LetterID.init) else {
            throw RequestError.notFound
        }
        let count = try await frontOfHouse.tryAllLettersAgain(event: slug, upTo: last)
        return .redirect(to: LettersPage.path(slug) + "?again=\(count)")
    }
}
