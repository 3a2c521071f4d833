import Configuration
import Operations
import Registration

extension Verb {
    static let eventImport = Verb(
        "event import", "Creates the event of a file, or changes the one of the same slug to it.",
        operands: ["FILE"],
        options: [
            Option(name: "day", value: "YYYY-MM-DD", help: "moves the whole event to begin on this day")
        ] + databaseOptions
    ) { options in
        var file = try EventFile(path: options.operands[0])
        if let text = options["day"] {
            guard let day = CalendarDay(text) else {
                throw UsageError("--day “\(text)” is not a day in the form YYYY-MM-DD")
            }
            do {
                file = try file.moved(to: day)
            } catch {
                throw UsageError("--day \(text) moves the event too far: a time of it \(error)")
            }
        }
        let now = SystemClock.now()
        let plan = EventPlan(file, now: now)
        let outcome = try await options.withFrontOfHouse(creates: true) {
            try await $0.importEvent(
                plan.event, sessions: plan.sessions, questions: plan.questions, opensNow: plan.opensNow)
        }
        switch outcome {
        case .created(let event): Console.complain("Created \(event.slug): \(event.title).")
        case .changed(let event): Console.complain("Changed \(event.slug): \(event.title).")
        case .unchanged(let event): Console.complain("Unchanged \(event.slug): \(event.title).")
        case .refused(let refusals):
            throw Failure((["Nothing was changed."] + refusals.map(\.sentence)).joined(separator: "\n"))
        }
        if plan.event.ends <= now {
            let day = LocalTime(plan.event).machine(plan.event.ends).prefix(10)
            Console.complain(
                "It was over on \(day), so nobody can register; --day YYYY-MM-DD moves it to another day.")
        }
    }

    static let eventExport = Verb(
        "event export", "Writes an event as a file that `event import` reads.", operands: ["SLUG"],
        options: databaseOptions
    ) { options in
        let slug = options.operands[0]
        let programme = try await options.withFrontOfHouse { try await $0.programme(event: slug) }
        guard let programme else { throw Failure.unknownEvent(slug) }
        Console.tell(try EventFile(programme).toml)
    }

    static let eventList = Verb(
        "event list", "Names the events, one a line: slug, day, registered and capacity, title.",
        options: databaseOptions
    ) { options in
        for summary in try await options.withFrontOfHouse({ try await $0.events() }) {
            let event = summary.event
            let day = LocalTime(event).machine(event.starts).prefix(10)
            Console.tell(
                "\(event.slug)\t\(day)\t\(summary.places.confirmed)/\(event.capacity)\t\(event.title)")
        }
    }
}
