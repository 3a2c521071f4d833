import HTTP
import Operations
import Registration

extension Site {
    /// What a form with a file of the largest size may come to: the file, and the form's other fields.
    static let fileFormUpload = Upload(
        .form, limitBytes: Material.fileBytesLimit + Upload.fieldLimitBytes,
        seconds: FrontOfHouse.uploadSeconds)

    func showMaterials(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        var page = try await materialsPage(parameters, signedIn)
        page.typed.session = request.query["session"] ?? ""
        switch request.query["done"] {
        case "added": page.done = "Added."
        case "removed": page.done = "Removed."
        default: break
        }
        return page.document.response()
    }

    func addFile(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ sent: SentFile
    ) async throws -> Response {
        var page = try await materialsPage(parameters, signedIn)
        page.typed.session = sent.fields["session"] ?? ""
        guard !sent.fileName.isEmpty else {
            page.problems = [FieldProblem(field: "file", sentence: "Choose a file.")]
            return page.document.response(.unprocessableContent)
        }
        let outcome = try await frontOfHouse.addFile(
            event: page.content.event.slug, session: page.typed.session, name: sent.fileName,
            from: sent.nextBytes)
        guard case .refused(let refusal) = outcome else { return added(to: page) }
        let field = refusal == .unknownSession || refusal == .sessionFull ? "file-session" : "file"
        page.problems = [FieldProblem(field: field, sentence: refusal.sentence)]
        return page.document.response(.unprocessableContent)
    }

    func addLink(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        var page = try await materialsPage(parameters, signedIn)
        page.typed = MaterialsPage.Typed(
            session: form["session"] ?? "", name: form["name"] ?? "", address: form["address"] ?? "")
        let outcome = try await frontOfHouse.addLink(
            event: page.content.event.slug, session: page.typed.session, name: page.typed.name,
            address: page.typed.address)
        guard case .refused(let refusal) = outcome else { return added(to: page) }
        page.problems = [FieldProblem(field: refusal.fieldOfLink, sentence: refusal.sentence)]
        return page.document.response(.unprocessableContent)
    }

    func removeMaterial(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn, _ form: FormFields
    ) async throws -> Response {
        let event = try await content(parameters).event
        guard let id = Int64(parameters["material"]).map(MaterialID.init),
            case .removed = try await frontOfHouse.removeMaterial(event: event.slug, id)
        else { throw RequestError(.notFound, "This is not there any more.") }
        return .redirect(to: MaterialsPage.path(event) + "?done=removed")
    }

    func downloadMaterialAsStaff(
        _ request: Request, _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> Response {
        try await download(parameters["material"], of: parameters["event"])
    }

    private func materialsPage(
        _ parameters: Parameters, _ signedIn: SignedIn
    ) async throws -> MaterialsPage {
        guard let content = try await frontOfHouse.materials(event: parameters["event"]) else {
            throw RequestError(.notFound, "There is no such event. Its address may have changed.")
        }
        return MaterialsPage(
            content: content, staff: bar(signedIn, event: content.event, current: .materials))
    }

    /// The session stays chosen, for the next file of the same.
    private func added(to page: MaterialsPage) -> Response {
        let session = PercentEncoding.encode(page.typed.session)
        return .redirect(to: MaterialsPage.path(page.content.event) + "?done=added&session=\(session)")
    }

    /// A file of the event, to be kept and never shown here: whatever is in it, it does nothing as this site.
    func download(_ id: String, of event: String) async throws -> Response {
        guard let id = Int64(id).map(MaterialID.init),
            let material = try await frontOfHouse.material(event: event, id),
            case .file(let bytes) = material.content
        else { throw RequestError(.notFound, "There is no such file. It may have been removed.") }
        var response = Response(
            .ok,
            headers: [
                "Content-Type": FileKind(of: material.name).type,
                "Content-Disposition": ContentDisposition.attachment(material.name),
            ],
            body: .stream { [frontOfHouse] writer in
                try await frontOfHouse.readFile(material) { try await writer.write($0) }
            })
        response.streamedBytes = UInt64(bytes)
        return response
    }
}

extension MaterialRefusal {
    /// The field of a link's form that can mend it.
    fileprivate var fieldOfLink: String {
        switch self {
        case .problem(.notAnAddress), .problem(.addressTooLong): "address"
        case .problem: "name"
        case .unknownSession, .sessionFull, .emptyFile, .fileTooLarge, .eventFull: "link-session"
        }
    }
}
