internal import HTTP

/// Why a request is not carried out, as problem details (RFC 9457).
struct Problem: Error {
    /// What kind of problem it is; the raw value ends the `type`, which never changes.
    enum Kind: String, CaseIterable, Sendable {
        case badRequest = "bad-request"
        case malformedJSON = "malformed-json"
        case unauthenticated
        case forbidden
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case contentTooLarge = "content-too-large"
        case headersTooLarge = "headers-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case invalid
        case keyReused = "idempotency-key-reused"
        case scanIDReused = "scan-id-reused"
        case registrationNotOpen = "registration-not-open"
        case registrationClosed = "registration-closed"
        case addressTaken = "address-taken"
        case eventFull = "event-full"
        case sessionFull = "session-full"
        case changesClosed = "changes-closed"
        case cancelled
        case belowBooked = "capacity-below-booked"
        case notBookable = "not-bookable"
        case notConfirmed = "not-confirmed"
        case notWaiting = "not-waiting"
        case listsNotHeld = "lists-not-held"
        case over
        case otherPlace = "other-place-at-that-time"
        case tooManyBadges = "too-many-badges"
        case eventNotOver = "event-not-over"
        case feedbackNotOpen = "feedback-not-open"
        case neverAdmitted = "never-admitted"
        case certificateOutdated = "certificate-out-of-date"
        case materialsFull = "materials-full"
        case tooManyChanges = "too-many-changes"
        case noLetters = "no-letters"
        case tooManyRequests = "too-many-requests"
        case overloaded
        case tooManyFollowers = "too-many-followers"
        case fault

        var status: Status {
            switch self {
            case .badRequest, .malformedJSON: .badRequest
            case .unauthenticated: .unauthorized
            case .forbidden: .forbidden
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .contentTooLarge: .contentTooLarge
            case .headersTooLarge: .requestHeaderFieldsTooLarge
            case .unsupportedMediaType: .unsupportedMediaType
            case .invalid, .keyReused, .scanIDReused: .unprocessableContent
            case .registrationNotOpen, .registrationClosed, .addressTaken, .eventFull, .sessionFull,
                .changesClosed, .cancelled, .belowBooked, .notBookable, .notConfirmed, .notWaiting,
                .listsNotHeld, .over, .otherPlace, .tooManyBadges, .eventNotOver, .neverAdmitted,
                .feedbackNotOpen, .materialsFull, .noLetters, .tooManyChanges:
                .conflict
            case .certificateOutdated: .gone
            case .tooManyRequests: .tooManyRequests
            case .overloaded, .tooManyFollowers: .serviceUnavailable
            case .fault: .internalServerError
            }
        }

        var title: String {
            switch self {
            case .badRequest: "The request can't be understood"
            case .malformedJSON: "The body is not JSON"
            case .unauthenticated: "A valid token is needed"
            case .forbidden: "The token does not allow this"
            case .notFound: "There is nothing here"
            case .methodNotAllowed: "The address does not take this method"
            case .contentTooLarge: "The request is too large"
            case .headersTooLarge: "The request's headers are too large"
            case .unsupportedMediaType: "The body has the wrong type"
            case .invalid: "Some fields can't be accepted"
            case .keyReused: "The idempotency key was used for another request"
            case .scanIDReused: "The scan's id was used for another scan"
            case .registrationNotOpen: "Registration is not open yet"
            case .registrationClosed: "Registration has closed"
            case .addressTaken: "The e-mail address is registered already"
            case .eventFull: "The event is full"
            case .sessionFull: "A session is full"
            case .changesClosed: "The time for changes is over"
            case .cancelled: "The registration was cancelled"
            case .belowBooked: "More people have booked than the capacity"
            case .notBookable: "The session is not booked"
            case .tooManyBadges: "Too many badges of the attendee wait"
            case .notConfirmed: "The registration is not confirmed"
            case .notWaiting: "The attendee does not wait for it"
            case .listsNotHeld: "The waiting lists are not held"
            case .over: "The event or the session is over"
            case .otherPlace: "The attendee has another place at that time"
            case .eventNotOver: "The event is not over"
            case .feedbackNotOpen: "Feedback is not open"
            case .neverAdmitted: "The attendee was never admitted"
            case .certificateOutdated: "The certificate is out of date"
            case .materialsFull: "There is no room for more materials"
            case .tooManyChanges: "Something was changed too often"
            case .noLetters: "No e-mail is sent here"
            case .tooManyRequests: "Too many requests"
            case .overloaded: "Too much is going on"
            case .tooManyFollowers: "Too many follow the activity"
            case .fault: "Something went wrong here"
            }
        }

        var type: String { "urn:lanyard:problem:" + rawValue }
    }

    var kind: Kind
    var status: Status
    /// What happened this time and what to do about it.
    var detail: String
    var errors: [FieldProblem] = []
    var headers = Headers()
    /// How many have booked, where that is the problem.
    var booked: Int?

    init(_ kind: Kind, _ detail: String, errors: [FieldProblem] = [], headers: Headers = [:]) {
        self.kind = kind
        status = kind.status
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    static func invalid(_ errors: [FieldProblem]) -> Problem {
        let count = errors.count == 1 ? "One field" : "\(errors.count) fields"
        return Problem(.invalid, "\(count) of the request can't be accepted: see errors.", errors: errors)
    }

    static func invalid(_ field: String, _ detail: String) -> Problem {
        invalid([FieldProblem(field: field, detail: detail)])
    }

    static let unknownEvent = Problem(.notFound, "There is no such event.")
    static let unknownAttendee = Problem(.notFound, "There is no attendee with this reference in this event.")

    var response: Response {
        var members: [JSON.Member] = [
            .init("type", .text(kind.type)), .init("title", .text(kind.title)),
            .init("status", .integer(Int64(status.rawValue))), .init("detail", .text(detail)),
        ]
        if let booked { members.append(.init("booked", JSON(booked))) }
        if !errors.isEmpty {
            let errors = errors.map { ["field": .text($0.field), "detail": .text($0.detail)] as JSON }
            members.append(.init("errors", .list(errors)))
        }
        var response = Response.bytes(
            JSON.object(members).bytes, type: "application/problem+json", status: status)
        for field in headers.fields { response.headers.add(field.name, field.value) }
        return response
    }

    static let schema = Schema.object([
        "type": Schema.words(Kind.allCases.map(\.type)).about("Tells the kind of problem; it never changes."),
        "title": .text.about("The kind of problem in words."),
        "status": Schema(.integer(400...599)),
        "detail": .text.about("What happened this time, and what to do about it."),
    ]).with([
        "booked": .count.about(
            "How many have booked the session or are registered for the event, where the capacity is below that."
        ),
        "errors": .list(
            .object([
                "field": .text.about("Such as `sessions[2]`; empty for the request as a whole."),
                "detail": .text,
            ])
        ).about("What is wrong with each field."),
    ]).named("Problem")
}

extension Problem {
    /// What the router found wrong, or a handler threw, as a problem; nil for a fault of ours.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as MalformedJSON: self.init(.malformedJSON, error.sentence)
        case let error as RequestError:
            let kind = Kind.allCases.first { $0.status == error.status && $0 != .malformedJSON }
            self.init(kind ?? .badRequest, error.sentence, headers: error.headers)
            status = error.status
        default: return nil
        }
    }
}
