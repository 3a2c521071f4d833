internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var listMaterials: Operation {
        Operation(
            method: .get, path: "/events/{event}/materials", name: "listMaterials",
            summary:
                "The files and links that organisers added to sessions; the programme has those of the event's file",
            access: .role(.reception),
            answers: [.init(status: .ok, about: "All of them.", schema: .page(of: Material.schema))]
        ) { call in
            guard let found = try await frontOfHouse.materials(event: call.parameters["event"]) else {
                throw Problem.unknownEvent
            }
            let items = found.sessions.flatMap { held in held.materials.map { $0.json(held.session.slug) } }
            return .json(JSON.page(items, next: .null).bytes)
        }
    }

    var addLink: Operation {
        Operation(
            method: .post, path: "/events/{event}/sessions/{session}/links", name: "addLink",
            summary: "Adds a link for a session's attendees", access: .role(.organiser),
            body: .object([
                "name": .text(limit: Material.nameLimit), "address": .text(limit: Material.addressLimit),
            ]),
            answers: [.init(status: .created, about: "Added.", schema: Material.schema)],
            problems: [.materialsFull]
        ) { call in
            let session = call.parameters["session"]
            let outcome = try await frontOfHouse.addLink(
                event: call.parameters["event"], session: session, name: call.body.text("name") ?? "",
                address: call.body.text("address") ?? "")
            return try answer(to: outcome, session)
        }
    }

    var putFile: Operation {
        Operation(
            method: .put, path: "/events/{event}/sessions/{session}/files/{name}", name: "putFile",
            summary:
                "Adds a file for a session's attendees, or puts it in the place of the one of the same name",
            access: .role(.organiser),
            upload: Upload(
                .bytes, limitBytes: Material.fileBytesLimit, seconds: FrontOfHouse.uploadSeconds),
            answers: [.init(status: .created, about: "All of it is kept.", schema: Material.schema)],
            problems: [.materialsFull, .invalid]
        ) { call in
            let session = call.parameters["session"]
            let upload = call.request.upload
            let outcome = try await frontOfHouse.addFile(
                event: call.parameters["event"], session: session, name: call.parameters["name"]
            ) {
                while let piece = try await upload.next() {
                    if case .bytes(let bytes) = piece { return bytes }
                }
                return nil
            }
            return try answer(to: outcome, session)
        }
    }

    var getFile: Operation {
        Operation(
            method: .get, path: "/events/{event}/materials/{id}/file", name: "getFile",
            summary: "What a file holds", access: .role(.reception),
            answers: [
                .init(
                    status: .ok, about: "The file.", schema: Schema(.bytes),
                    type: FileKind.other.type, headers: ["Content-Disposition": "Names the file."])
            ]
        ) { call in
            guard let material = try await material(call), case .file(let bytes) = material.content else {
                throw Problem(.notFound, "There is no such file.")
            }
            var response = Response(
                .ok,
                headers: [
                    "Content-Type": FileKind.other.type,
                    "Content-Disposition": ContentDisposition.attachment(material.name),
                ],
                body: .stream { writer in
                    try await frontOfHouse.readFile(material) { try await writer.write($0) }
                })
            response.streamedBytes = UInt64(bytes)
            return response
        }
    }

    var removeMaterial: Operation {
        Operation(
            method: .delete, path: "/events/{event}/materials/{id}", name: "removeMaterial",
            summary: "Takes a file or a link away from a session's attendees", access: .role(.organiser),
            answers: [.init(status: .ok, about: "Removed.", schema: Material.schema)]
        ) { call in
            guard let material = try await material(call),
                let held = try await frontOfHouse.materials(event: call.parameters["event"])?.sessions.first(
                    where: { $0.session.id == material.session }),
                case .removed(let removed) = try await frontOfHouse.removeMaterial(
                    event: call.parameters["event"], material.id)
            else { throw Problem.unknownMaterial }
            return .json(removed.json(held.session.slug).bytes)
        }
    }

    private func material(_ call: Call) async throws -> Material? {
        guard let id = Int64(call.parameters["id"]).map(MaterialID.init) else { return nil }
        return try await frontOfHouse.material(event: call.parameters["event"], id)
    }

    private func answer(to outcome: AddMaterialOutcome, _ session: String) throws -> Response {
        switch outcome {
        case .added(let material): return .json(material.json(session).bytes, status: .created)
        case .refused(let refusal):
            switch refusal {
            case .unknownSession: throw Problem(.notFound, "There is no such session.")
            case .sessionFull, .eventFull: throw Problem(.materialsFull, refusal.sentence)
            case .fileTooLarge: throw Problem(.contentTooLarge, refusal.sentence)
            case .emptyFile: throw Problem.invalid("", refusal.sentence)
            case .problem(let problem): throw Problem.invalid(problem.field, refusal.sentence)
            }
        }
    }
}

extension Problem {
    fileprivate static let unknownMaterial = Problem(.notFound, "There is no such material in this event.")
}

extension MaterialProblem {
    fileprivate var field: String {
        switch self {
        case .nameMissing, .nameTooLong, .nameUnprintable: "name"
        case .addressTooLong, .notAnAddress: "address"
        }
    }
}

extension Material {
    fileprivate static let schema = Schema.object([
        "material": .count.about("Its number in addresses."), "session": .text,
        "kind": .words(["file", "link"]), "name": .text,
        "bytes": Schema.count.nullable.about("Null for a link."),
        "type": Schema.text.nullable.about("A file's media type, from its name; null for a link."),
        "address": Schema.text.nullable.about("Where a link leads; null for a file."), "added": .moment,
    ]).named("Material")

    fileprivate func json(_ session: String) -> JSON {
        var (kind, bytes, type, address): (JSON, JSON, JSON, JSON)
        switch content {
        case .file(let count):
            (kind, bytes, type, address) = ("file", JSON(count), .text(FileKind(of: name).type), .null)
        case .link(let target): (kind, bytes, type, address) = ("link", .null, .null, .text(target))
        }
        return [
            "material": .integer(id.rawValue), "session": .text(session), "kind": kind, "name": .text(name),
            "bytes": bytes, "type": type, "address": address, "added": JSON(added),
        ]
    }
}
