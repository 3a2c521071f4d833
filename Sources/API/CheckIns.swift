internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var checkIn: Operation {
        Operation(
            method: .post, path: "/events/{event}/check-ins", name: "checkIn",
            summary: "Judges a scan at a check-in point and keeps it", access: .role(.reception),
            body: Service.scan,
            answers: [.init(status: .ok, about: "The verdict, admitted or not.", schema: Service.verdict)],
            problems: [.scanIDReused], handler: checkIn)
    }

    private static let scan = Schema.object([
        "code": Schema(.line(bytes: ScanRequest.textLimit)).about(
            "What was read: a code, on paper with the number of the print; at most \(ScanRequest.textLimit) bytes."
        ),
        "point": .text(limit: 64).about("`entrance`, or a session with a room."),
    ]).with([
        "id": .text(limit: 64).about(
            "What the scanner calls the scan, apart from those of other tokens. The same id, code and point again add"
                + " nothing and are answered as the first time; the same id with another code or point is refused."
        ),
        "scanned_at": .moment.about("When a scanner that was offline read it; a time to come means now."),
    ])

    private static let verdict = Schema.object([
        "verdict": .words(["admit", "again", "deny"]),
        "reason": Schema.words(DenyReason.allCases.map(\.rawValue)).nullable.about("Why it is denied."),
        "reference": Schema.text.nullable.about("Null where the code is nobody's, or another event's."),
        "name": Schema.text.nullable, "text": .text.about("What to tell people besides; may be empty."),
        "scan": .count.about("The scan's number in the record."),
    ]).named("Verdict")

    private func checkIn(_ call: Call) async throws -> Response {
        let point = PointAddress(event: call.parameters["event"], point: call.body.text("point") ?? "")
        let scan = ScanRequest(
            id: call.body.text("id"), text: call.body.text("code") ?? "", point: point,
            door: "api-\(call.caller?.id ?? 0)",
            scannedAt: call.body.text("scanned_at").flatMap(Moment.timestamp))
        if scan.id?.isEmpty == true { throw Problem.invalid("id", "Must not be empty.") }
        do {
            let answer = try await frontOfHouse.checkIn(scan)
            return .json(answer.json.bytes)
        } catch is ScanIDReused {
            throw Problem(
                .scanIDReused, "This id came with another code or point before. Scan again with a new id.")
        } catch is UnknownPoint {
            _ = try await event(call.parameters)
            throw Problem.invalid("point", "There is no such check-in point in this event.")
        }
    }
}

extension ScanAnswer {
    fileprivate var json: JSON {
        [
            "verdict": .text(verdict.word), "reason": JSON(verdict.reason?.rawValue),
            "reference": JSON(reference?.description), "name": JSON(name), "text": .text(text),
            "scan": .integer(scan),
        ]
    }
}
