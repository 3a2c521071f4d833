import HTTP
import Operations
import Registration

extension Site {
    func showLive(_ request: Request, _ parameters: Parameters, _ signedIn: SignedIn) async throws -> Response
    {
        guard let picture = try await frontOfHouse.livePicture(event: parameters["event"]) else {
            throw RequestError.notFound
        }
        let bar = bar(signedIn, event: picture.attendance.event, current: .live)
        let refused = try await frontOfHouse.refusedLetterCount(of: picture.attendance.event.id)
        return LivePage(picture: picture, staff: bar, refusedLetters: refused).document.response()
    }

    /// Server-sent events: each activity record with its number as the event's id, so that whoever reconnects
    /// goes on after the last one they got, and after them the picture that counts them in.
    func followLive(_ request: Request, _ parameters: Parameters, _ signedIn: SignedIn) async throws
        -> Response
    {
        let event = try await content(parameters).event
        guard let place = frontOfHouse.followers.enter() else {
            throw RequestError.unavailable(
                "As many people follow live pages as can. This page still shows the state when it is refreshed.",
                retryAfterSeconds: LiveFollowers.retryAfterSeconds)
        }
        let since = (request.lastEventID ?? request.query["since"]).flatMap { Int64($0) } ?? 0
        let feed = LiveFeed(site: self, event: event, since: max(0, since), token: signedIn.token)
        return Response.events { writer in
            // Held until the stream ends, however it ends.
            defer { withExtendedLifetime(place) {} }
            try await feed.write(to: writer)
        }
    }
}

/// What one follower is sent.
struct LiveFeed: Sendable {
    var site: Site
    var event: Event
    var since: Int64
    var token: String
    var heartbeat = LiveFollowers.heartbeat

    func write(to writer: BodyWriter) async throws {
        try await writer.write(ServerSentEvent.retry(afterMilliseconds: LiveFollowers.reconnectMilliseconds))
        let (news, newsKeeper) = AsyncStream.makeStream(of: Int64.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await writeRecords(to: writer, news: newsKeeper) }
            group.addTask { try await writePictures(of: news, to: writer) }
            group.addTask { try await beat(to: writer) }
            // Whichever ends first, because Lanyard stops, the sign-in ended or nobody reads, ends all.
            try await group.next()
            group.cancelAll()
        }
    }

    private func writeRecords(
        to writer: BodyWriter, news: AsyncStream<Int64>.Continuation
    ) async throws {
        for try await records in site.frontOfHouse.followActivity(of: event.id, since: since) {
            var bytes: [UInt8] = []
            for record in records { bytes += LiveFeed.event(record).bytes }
            try await writer.write(bytes)
            if let last = records.last { news.yield(last.number) }
        }
    }

    /// Apart from the records, so that drawing never delays them.
    private func writePictures(of news: AsyncStream<Int64>, to writer: BodyWriter) async throws {
        for await activity in news {
            guard let drawn = try await site.pictures.picture(event: event.slug, atLeast: activity) else {
                return
            }
            let html = String(decoding: drawn.html.bytes, as: UTF8.self)
            try await writer.write(ServerSentEvent(event: "picture", data: html))
        }
    }

    /// Shows each side that the other is still there, and ends for those whose sign-in has ended, which a page
    /// that nobody looks at must not put off.
    private func beat(to writer: BodyWriter) async throws {
        while try await site.frontOfHouse.findStaffSession(token: token) != nil {
            try await Task.sleep(for: heartbeat)
            try await writer.write(LiveFeed.beat)
        }
    }

    /// An event and not a comment, which scripts are not told of.
    static let beat = ServerSentEvent(event: "beat", data: "")

    private static func event(_ record: ActivityRecord) -> ServerSentEvent {
        // The detail is JSON of our own that names people by reference only.
        let data =
            "{\"number\":\(record.number),\"at\":\(record.at.rawValue),"
            + "\"kind\":\"\(record.kind.rawValue)\",\"detail\":\(record.detail)}"
        return ServerSentEvent(id: String(record.number), event: "activity", data: data)
    }
}
