public import Registration
internal import Storage

/// A check-in point by its event's slug and its own: `entrance`, or a session's.
public struct PointAddress: Hashable, Sendable {
    public var event: String
    public var point: String

    public init(event: String, point: String) {
        self.event = event
        self.point = point
    }
}

/// One scan, as a door, the API or the desk hands it in.
public struct ScanRequest: Sendable {
    /// What the scanner calls the scan, at most 64 characters; the same again from the same door is answered as the
    /// first time.
    public var id: String?
    /// What was read: a code, on paper with the number of the print.
    public var text: String
    public var point: PointAddress
    /// The door's name, at most 64 characters: the same code on the same door within 3 s is the same scan.
    public var door: String
    /// The printer that prints the badge of whoever is admitted and has none; nil for no badge.
    public var printer: String?
    /// When a gate that was offline read it; nil, or a time to come, means now.
    public var scannedAt: Timestamp?

    public init(
        id: String? = nil, text: String, point: PointAddress, door: String, printer: String? = nil,
        scannedAt: Timestamp? = nil
    ) {
        self.id = id
        self.text = text
        self.point = point
        self.door = door
        self.printer = printer
        self.scannedAt = scannedAt
    }

    /// When it happened: neither to come nor, as no gate's clock says, before 1970.
    fileprivate func moment(now: Timestamp) -> Timestamp {
        max(Timestamp(rawValue: 0), min(scannedAt ?? now, now))
    }

    /// How long a text may be, in bytes: no door or program may send more.
    public static let textLimit = 512
    /// How much is kept of a text that is no code, in bytes.
    public static let strayLimit = 64
}

/// What a scan is answered, whatever it came through.
public struct ScanAnswer: Sendable {
    public var verdict: Verdict
    /// Nil where the code is nobody's, or another event's.
    public var reference: Reference?
    public var name: String?
    /// What to tell reception besides: empty for an admission, `first 09:12 at entrance` for a repetition, a
    /// sentence without a full stop for a refusal.
    public var text: String
    /// The scan's number in the record.
    public var scan: Int64
}

/// The event or the check-in point does not exist.
public struct UnknownPoint: Error, Hashable, Sendable {
    public let point: PointAddress
}

/// The door has named another scan so before: of another code, or at another point. Nothing was judged.
public struct ScanIDReused: Error, Hashable, Sendable {}

extension FrontOfHouse {
    /// Judges a scan and keeps it; calls `whenDone` on the writer's thread after the commit, in the order of
    /// the calls, or at once if too much waits.
    public func checkIn(
        _ scan: ScanRequest, whenDone: @escaping @Sendable (Result<ScanAnswer, any Error>) -> Void
    ) {
        let now = now
        store.write({ [strays] in try $0.checkIn(scan, strays: strays, now: now) }, whenDone: whenDone)
    }

    public func checkIn(_ scan: ScanRequest) async throws -> ScanAnswer {
        let now = now
        return try await store.write { [strays] in try $0.checkIn(scan, strays: strays, now: now) }
    }

    /// Admits somebody whom reception found by name, by the same rules as a scan.
    public func checkIn(
        _ reference: Reference, at point: PointAddress, door: String, printer: String?
    ) async throws -> ScanAnswer? {
        guard let found = try await attendee(event: point.event, reference: reference) else { return nil }
        return try await checkIn(
            ScanRequest(text: found.attendee.code.description, point: point, door: door, printer: printer))
    }
}

extension Transaction {
    /// - Parameter strays: how often each door may have a text kept that is no code; past it `Overloaded` is thrown.
    fileprivate func checkIn(_ request: ScanRequest, strays: RateLimit, now: Timestamp) throws -> ScanAnswer {
        guard let timetable = try timetable(of: request.point.event),
            let point = timetable.points[request.point.point]
        else { throw UnknownPoint(point: request.point) }
        let attendee = try holder(of: request.text)
        let subject = Scan.Subject(of: request, attendee: attendee)
        if let id = request.id,
            let first = try findScan(givenID: id, door: request.door, event: point.event)
        {
            guard first.point == point.id,
                try first.subject == subject || wasErased(first.subject, request.text)
            else { throw ScanIDReused() }
            return try answer(to: first, of: attendee, at: point, timetable)
        }
        var scan = Scan(
            id: 0, event: point.event, point: point.id, door: request.door, givenID: request.id,
            subject: subject, scanned: request.moment(now: now), received: now, verdict: .deny(.unknownCode))
        if let first = try findRepeated(by: scan) {
            return try answer(to: first, of: attendee, at: point, timetable)
        }
        if attendee == nil, case .refused = strays.take(request.door, at: now) { throw Overloaded() }
        scan.verdict = try verdict(on: scan, attendee, at: point, timetable)
        scan.id = try keep(scan)
        try recordScan(scan, of: attendee, at: point)
        if case .admit = scan.verdict, let attendee, let printer = request.printer, attendee.printed == 0 {
            try requestFirstBadge(of: attendee, printer: printer, at: now)
        }
        return try answer(to: scan, of: attendee, at: point, timetable)
    }

    /// The attendee whose code it is, compared in constant time; nil where it is nobody's, or names a print that
    /// was never asked for and so is on no badge of ours.
    private func holder(of text: String) throws -> Attendee? {
        guard let scanned = ScannedCode(text), let attendee = try findAttendee(scanned.code.reference),
            attendee.secret.matches(scanned.code.secret)
        else { return nil }
        if let print = scanned.print, print > attendee.printed,
            try !printJobs(of: attendee.id).contains(where: { $0.number == print })
        {
            return nil
        }
        return attendee
    }

    /// Whether a scan was of somebody who was erased since, and the text is their code.
    private func wasErased(_ subject: Scan.Subject, _ text: String) throws -> Bool {
        guard case .attendee(let id, _) = subject, try findAttendee(id) == nil else { return false }
        return ScannedCode(text)?.code.reference == reference(of: id)
    }

    private func verdict(
        on scan: Scan, _ attendee: Attendee?, at point: CheckInPoint, _ timetable: Timetable
    ) throws -> Verdict {
        guard let attendee, case .attendee(_, let print) = scan.subject else { return .deny(.unknownCode) }
        guard attendee.event == point.event else { return .deny(.otherEvent) }
        var room: AdmissionQuestion.Room?
        if let session = point.session, case let places = try places(of: session),
            let capacity = places.capacity
        {
            // Who was booked before the capacity was lowered below their number has a place all the same.
            room = AdmissionQuestion.Room(
                capacity: max(capacity, places.confirmed), inside: try arrived(at: point.id),
                booking: try findBooking(attendee.id, session: session))
        }
        return AdmissionQuestion(
            attendee: attendee.status, scannedPrint: print, newestPrint: attendee.printed,
            doorsOpen: timetable.event.doorsOpen, doorsClose: timetable.event.doorsClose, now: scan.scanned,
            before: try findAdmission(attendee.id, at: point.id), bookable: room
        ).verdict
    }

    private func recordScan(_ scan: Scan, of attendee: Attendee?, at point: CheckInPoint) throws {
        var detail = Detail()
        detail.add("scan", number: scan.id)
        detail.add("point", point.slug)
        detail.add("verdict", scan.verdict.word)
        if let reason = scan.verdict.reason { detail.add("reason", reason.rawValue) }
        if let attendee, attendee.event == point.event {
            detail.add("reference", attendee.reference.description)
        }
        try record(.checkedIn, detail.json, of: point.event, at: scan.received)
    }

    /// Somebody who has a badge, or will have one, gets no second one at the door.
    private func requestFirstBadge(of attendee: Attendee, printer: String, at now: Timestamp) throws {
        let hasOne = try printJobs(of: attendee.id).contains { $0.state == .printed || !$0.state.isFinal }
        if !hasOne { try requestBadge(of: attendee, printer: printer, at: now) }
    }

    private func answer(
        to scan: Scan, of attendee: Attendee?, at point: CheckInPoint, _ timetable: Timetable
    ) throws -> ScanAnswer {
        let person = attendee.flatMap { $0.event == timetable.event.id ? $0 : nil }
        return ScanAnswer(
            verdict: scan.verdict, reference: person?.reference, name: person?.name,
            text: try sentence(for: scan.verdict, on: scan.subject, person, at: point, timetable),
            scan: scan.id)
    }
}

extension Scan.Subject {
    fileprivate init(of request: ScanRequest, attendee: Attendee?) {
        if let attendee {
            self = .attendee(attendee.id, print: ScannedCode(request.text)?.print)
        } else {
            self = .stray(request.text.prefix(bytes: ScanRequest.strayLimit))
        }
    }
}

extension String {
    /// As many of its code points as fit.
    fileprivate func prefix(bytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        // The view begins and ends with whole code points, so that it leaves out one that is cut.
        return String(unicodeScalars[..<utf8.index(startIndex, offsetBy: limit)])
    }
}
