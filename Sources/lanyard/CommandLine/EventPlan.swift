import Configuration
import Operations
import Registration

/// An event file as the core takes it.
struct EventPlan {
    let event: Event
    let sessions: [Session]
    let questions: [Question]
    /// Whether registration opens now since the file does not say when.
    let opensNow: Bool

    /// - Parameter now: when registration opens, where the file doesn't say.
    init(_ file: EventFile, now: Timestamp) {
        let registration = file.registrationTimes(now: now.rawValue)
        let doors = file.doorTimes
        opensNow = file.registrationOpens == nil
        event = Event(
            id: EventID(rawValue: 0), slug: file.slug, title: file.title, venue: file.venue,
            timeZone: file.zone.name, starts: Timestamp(file.starts), ends: Timestamp(file.ends),
            capacity: file.capacity, contact: file.contact, summary: file.summary,
            registrationOpens: Timestamp(rawValue: registration.opens),
            registrationCloses: Timestamp(rawValue: registration.closes),
            doorsOpen: Timestamp(rawValue: doors.opens), doorsClose: Timestamp(rawValue: doors.closes),
            changesClose: file.changesClose.map { Timestamp($0) },
            listsClose: file.listsClose.map { Timestamp($0) },
            needsPurged: file.needsPurged.map { Timestamp($0) })
        questions = file.questions.map { question in
            Question(
                slug: question.slug, label: question.label, kind: Question.Kind(question.kind),
                choices: question.choices, isRequired: question.isRequired, hint: question.hint)
        }
        sessions = file.sessions.map { session in
            Session(
                id: SessionID(rawValue: 0), slug: session.slug, kind: Session.Kind(session.kind),
                title: session.title, speakers: session.speakers, room: session.room,
                starts: Timestamp(session.starts), ends: Timestamp(session.ends), capacity: session.capacity,
                abstract: session.abstract, materials: session.materials)
        }
    }
}

extension EventFile {
    /// An event as a file, with its times on the wall's clock.
    init(_ programme: EventProgramme) throws {
        let event = programme.event
        let zone = try EventZone(event.timeZone)
        let isUsual = event.needsPurged == Event.usualNeedsPurge(after: event.ends)
        func moment(_ time: Timestamp) -> Moment { zone.moment(milliseconds: time.rawValue) }
        self.init(
            slug: event.slug, title: event.title, venue: event.venue, zone: zone,
            starts: moment(event.starts), ends: moment(event.ends), capacity: event.capacity,
            contact: event.contact, summary: event.summary,
            registrationOpens: moment(event.registrationOpens),
            registrationCloses: moment(event.registrationCloses), doorsOpen: moment(event.doorsOpen),
            doorsClose: moment(event.doorsClose), changesClose: moment(event.changesClose),
            listsClose: moment(event.listsClose), needsPurged: isUsual ? nil : moment(event.needsPurged),
            sessions: programme.programme.offers.map(\.session).map { session in
                EventFile.Session(
                    slug: session.slug, kind: EventFile.Session.Kind(session.kind), title: session.title,
                    speakers: session.speakers, room: session.room, starts: moment(session.starts),
                    ends: moment(session.ends), capacity: session.capacity, abstract: session.abstract,
                    materials: session.materials)
            },
            questions: programme.questions.map { question in
                EventFile.Question(
                    slug: question.slug, label: question.label, kind: EventFile.Question.Kind(question.kind),
                    choices: question.choices, isRequired: question.isRequired, hint: question.hint)
            })
    }
}

extension Timestamp {
    fileprivate init(_ moment: Moment) {
        self.init(rawValue: moment.milliseconds)
    }
}

extension Session.Kind {
    fileprivate init(_ kind: EventFile.Session.Kind) {
        self =
            switch kind {
            case .keynote: .keynote
            case .workshop: .workshop
            case .talk: .talk
            case .pause: .pause
            }
    }
}

extension EventFile.Session.Kind {
    fileprivate init(_ kind: Session.Kind) {
        self =
            switch kind {
            case .keynote: .keynote
            case .workshop: .workshop
            case .talk: .talk
            case .pause: .pause
            }
    }
}

extension Question.Kind {
    fileprivate init(_ kind: EventFile.Question.Kind) {
        self =
            switch kind {
            case .text: .text
            case .choice: .choice
            case .tick: .tick
            }
    }
}

extension EventFile.Question.Kind {
    fileprivate init(_ kind: Question.Kind) {
        self =
            switch kind {
            case .text: .text
            case .choice: .choice
            case .tick: .tick
            }
    }
}
