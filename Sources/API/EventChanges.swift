internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var changeEvent: Operation {
        Operation(
            method: .patch, path: "/events/{event}", name: "changeEvent",
            summary: "Changes how many places an event has, and holds its waiting lists or lets them go on;"
                + " promotes whom it can",
            access: .role(.organiser),
            body: Schema.object([:]).with([
                "lists_held": Schema.boolean.about(
                    "Whether nobody is to be promoted from a waiting list. Needed without `capacity`."),
                "capacity": Schema.capacity.about("How many people. Needed without `lists_held`."),
                "force": Schema.boolean.about(
                    "Whether the capacity may be less than are registered: then nobody new gets a place until"
                        + " fewer are."),
            ]),
            answers: [.init(status: .ok, about: "Changed.", schema: Event.schema.named("Event"))],
            problems: [.belowBooked]
        ) { call in
            let slug = call.parameters["event"]
            let isHeld = call.body.boolean("lists_held")
            if let capacity = call.body.integer("capacity") {
                let outcome = try await frontOfHouse.changeCapacity(
                    event: slug, to: Int(capacity), isForced: call.body.boolean("force") ?? false,
                    listsHeld: isHeld)
                switch outcome {
                case .changed(let event, let places): return .json(event.json(places).bytes)
                case .belowConfirmed(let confirmed):
                    throw Problem.below(confirmed, "\(confirmed) people are registered for the event.")
                case .outOfRange:
                    throw Problem.invalid("capacity", "Must be a number that an event may have.")
                case .unknownEvent: throw Problem.unknownEvent
                }
            }
            guard let isHeld else {
                throw Problem.invalid("", "Must have capacity or lists_held: there is nothing to change.")
            }
            guard try await frontOfHouse.holdLists(event: slug, isHeld),
                let found = try await frontOfHouse.programme(event: slug)
            else { throw Problem.unknownEvent }
            return .json(found.event.json(found.places).bytes)
        }
    }
}
