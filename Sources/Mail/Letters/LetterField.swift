internal import Operations
internal import Registration

/// What a template may name between `{{` and `}}`.
enum LetterField: String, CaseIterable, Sendable {
    case name, event, venue, when, day, starts, ends, reference, contact, page
    /// Where people register.
    case register
    /// Where a new address is confirmed.
    case confirm
    /// The address that the letter goes to.
    case address
    // Of each session in a list.
    case session, time, title, room, place
    // Of the frame alone.
    case subject, body

    /// Those of every letter, outside lists.
    static let ofLetter: [LetterField] = [
        .name, .event, .venue, .when, .day, .starts, .ends, .reference, .contact, .page,
        .register,
    ]
    static let ofSession: [LetterField] = [.session, .time, .title, .room, .place]
    static let ofFrame: [LetterField] = [.subject, .body, .event, .venue, .when, .contact, .reference]

    /// What the body of a letter may name outside its lists.
    static func allowed(in kind: LetterKind) -> [LetterField] {
        let fields = kind.isForAnother ? ofLetter.filter { $0 != .page } : ofLetter
        return kind == .confirmAddress ? fields + [.confirm, .address] : fields
    }

    /// What a letter must have in it, since without it nobody could do what it is for.
    static func needed(in kind: LetterKind) -> LetterField? {
        switch kind {
        case .registered, .waiting, .link: .page
        case .confirmAddress: .confirm
        case .addressChanged: .contact
        case .promoted, .changed, .cancelled, .programmeChanged, .reminder: nil
        }
    }
}

extension LetterKind {
    /// Whether it goes to an address that is not the attendee's, or not any more: it must not hold the way to their
    /// page, nor the code that admits them.
    var isForAnother: Bool { self == .confirmAddress || self == .addressChanged }
}

/// What a template may repeat with `{{#each …}}`: sessions, in the order of the programme.
enum LetterList: String, CaseIterable, Sendable {
    case booked, waiting, gained, released
    // Of waiting lists: those newly joined, those left, and those that the person was on before and still is.
    case joined, left, kept
}

/// What stands for a field.
enum FieldValue: Sendable {
    case words(String)
    case webAddress(String)
    case mailAddress(String)

    var text: String {
        switch self {
        case .words(let text), .webAddress(let text), .mailAddress(let text): text
        }
    }
}

/// What the fields of one letter stand for.
struct LetterFields: Sendable {
    typealias Item = [LetterField: FieldValue]

    /// Whether the attendee has a place at the event.
    let isComing: Bool
    /// The same, or had one until they cancelled.
    let isHeld: Bool
    /// Whether the registration is cancelled, be it since the letter was written.
    let isCancelled: Bool
    let isRegistrationOpen: Bool
    /// What the attendee newly said of swapping; nil where that stays.
    let swaps: Bool?
    /// Whether the letter tells of a place that was gained or given up.
    let isMoved: Bool
    private let values: Item
    private let lists: [LetterList: [Item]]

    subscript(field: LetterField) -> FieldValue? { values[field] }

    func list(_ list: LetterList) -> [Item] { lists[list] ?? [] }

    init(_ contents: LetterContents) {
        let event = contents.event
        let local = LocalTime(event)
        let isOneDay = local.day(event.starts) == local.day(event.ends)
        let when =
            isOneDay
            ? "\(local.clock(event.starts)) to \(local.clock(event.ends)) on \(local.day(event.starts))"
            : "\(local.dayAndClock(event.starts)) to \(local.dayAndClock(event.ends))"
        isHeld = !contents.isEventWaiting
        isCancelled = contents.letter.told.kind == .cancelled || contents.attendee.status == .cancelled
        isComing = !contents.isEventWaiting && !isCancelled
        isRegistrationOpen = contents.isRegistrationOpen
        swaps = contents.letter.told.swaps
        isMoved = !(contents.gained.isEmpty && contents.released.isEmpty)
        var values: Item = [
            .name: .words(contents.attendee.name), .event: .words(event.title), .venue: .words(event.venue),
            .when: .words(when), .day: .words(local.days(of: event)),
            .starts: .words(local.clock(event.starts)), .ends: .words(local.clock(event.ends)),
            .reference: .words(contents.attendee.reference.description),
            .contact: .mailAddress(event.contact),
            .page: .webAddress(contents.manageURL), .register: .webAddress(contents.registerURL),
            .address: .mailAddress(contents.address),
        ]
        values[.confirm] = contents.confirmURL.map(FieldValue.webAddress)
        self.values = values.mapValues(\.onOneLine)
        func item(_ session: Session, _ place: String = "") -> Item {
            let hours = "\(local.clock(session.starts)) to \(local.clock(session.ends))"
            let item: Item = [
                .title: .words(session.title), .room: .words(session.room),
                .session: .words(session.room.isEmpty ? session.title : "\(session.title) (\(session.room))"),
                .time: .words(isOneDay ? hours : "\(hours) on \(local.day(session.starts))"),
                .place: .words(place),
            ]
            return item.mapValues(\.onOneLine)
        }
        func onList(_ booking: LetterSession) -> Item {
            item(
                booking.session,
                booking.position.map { "number \($0) on the waiting list" } ?? "on the waiting list")
        }
        let waiting = contents.bookings.filter { $0.status == .waiting }
        let joined = Set(contents.joined.map(\.id))
        lists = [
            .booked: contents.bookings.filter { $0.status == .confirmed }.map { item($0.session) },
            .waiting: waiting.map(onList),
            .joined: waiting.filter { joined.contains($0.session.id) }.map(onList),
            .kept: waiting.filter { !joined.contains($0.session.id) }.map(onList),
            .gained: contents.gained.map { item($0) }, .released: contents.released.map { item($0) },
            .left: contents.left.map { item($0) },
        ]
    }
}

extension FieldValue {
    /// Nothing that people wrote can begin a line of its own.
    fileprivate var onOneLine: FieldValue {
        switch self {
        case .words(let text): .words(text.onOneLine)
        case .webAddress(let text): .webAddress(text.onOneLine)
        case .mailAddress(let text): .mailAddress(text.onOneLine)
        }
    }
}
