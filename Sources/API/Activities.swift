internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var listActivity: Operation {
        Operation(
            method: .get, path: "/events/{event}/activity", name: "listActivity",
            summary: "What happened in an event, as a list or live as server-sent events",
            access: .role(.organiser),
            query: [
                .init(
                    name: "since",
                    schema: .count.about(
                        "Only what came after this number; 0 for all. Where it is missing a list begins at 1 and a stream"
                            + " with what happens next.")),
                .init(
                    name: "limit",
                    schema: Schema(.integer(1...1_000)).about("Of a list; 100 where it is missing.")),
            ],
            headers: [
                .init(
                    name: "Last-Event-ID",
                    schema: .count.about("The last number that a follower got; goes before `since`."))
            ],
            answers: [
                .init(
                    status: .ok, about: "A part of the record, or the record as it grows.",
                    schema: .page(of: ActivityRecord.schema)),
                .init(
                    status: .ok, about: "",
                    schema: .text.about(
                        "Where the request accepts `text/event-stream`: each record as an event `activity`, its"
                            + " number as the id, its JSON as the data; a comment each \(LiveFollowers.heartbeat.components.seconds) s."
                    ),
                    type: "text/event-stream"),
            ],
            problems: [.tooManyFollowers]
        ) { call in
            call.request.wantsEventStream ? try await follow(call) : try await list(call)
        }
    }

    private func list(_ call: Call) async throws -> Response {
        let limit = Int(call.number("limit") ?? 100)
        let records = try await frontOfHouse.activity(
            event: call.parameters["event"], since: call.number("since") ?? 0, limit: limit)
        guard let records else { throw Problem.unknownEvent }
        let next = records.count == limit ? records.last.map { call.next("since", $0.number) } : nil
        let items = records.map(\.text).joined(separator: ",")
        return .json(Array("{\"items\":[\(items)],\"next\":".utf8) + (next ?? .null).bytes + Array("}".utf8))
    }

    private func follow(_ call: Call) async throws -> Response {
        let event = try await event(call.parameters)
        // Whoever wants the past says from where: a thousand who all began at 1 would read it a thousand times.
        var since: Int64
        if let number = call.number("since") {
            since = number
        } else {
            since = try await frontOfHouse.latestActivity(of: event.id)
        }
        if let last = call.request.lastEventID {
            guard let number = Int64(last), number >= 0 else {
                throw Problem(.badRequest, "Last-Event-ID must be the number of an activity.")
            }
            since = number
        }
        guard let place = frontOfHouse.followers.enter() else {
            throw Problem(
                .tooManyFollowers, "As many follow as can. The same address as JSON tells what happened.",
                headers: ["Retry-After": String(LiveFollowers.retryAfterSeconds)])
        }
        return Response.events { [since] writer in
            // Held until the stream ends, however it ends.
            defer { withExtendedLifetime(place) {} }
            try await writer.write(
                ServerSentEvent.retry(afterMilliseconds: LiveFollowers.reconnectMilliseconds))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await write(event, since: since, to: writer) }
                group.addTask { try await beat(for: call, to: writer) }
                // Whichever ends first, because Lanyard stops, the token was revoked or nobody reads, ends all.
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private func write(_ event: Event, since: Int64, to writer: BodyWriter) async throws {
        for try await records in frontOfHouse.followActivity(of: event.id, since: since) {
            let events = records.map {
                ServerSentEvent(id: String($0.number), event: "activity", data: $0.text).bytes
            }
            try await writer.write(Array(events.joined()))
        }
    }

    /// Shows whether the follower is still there and may still follow.
    private func beat(for call: Call, to writer: BodyWriter) async throws {
        while true {
            try await Task.sleep(for: heartbeat)
            _ = try await caller(of: call.request, for: listActivity, call.parameters)
            try await writer.write(ServerSentEvent.heartbeat)
        }
    }
}

extension ActivityRecord {
    fileprivate static let schema = Schema.object([
        "number": .count.about("1, 2, 3… in the event, without gaps."), "at": .moment,
        "kind": .words(Kind.allCases.map(\.rawValue)),
        "detail": Schema(.anyObject).about("Names people by their reference only."),
    ]).named("Activity")

    /// JSON text, put together here since the detail is such a text already.
    fileprivate var text: String {
        "{\"number\":\(number),\"at\":\"\(Moment.text(at))\",\"kind\":\"\(kind.rawValue)\",\"detail\":\(detail)}"
    }
}
