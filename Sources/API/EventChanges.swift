internal import HTTP
internal import Operations
internal import Registration

extension Service {
    var changeEvent: Operation {
        Operation(
            method: .patch, path: "/events/{event}", name: "changeEvent",
            summary: "Holds an event's waiting lists, or lets them go on and promotes whom it can",
            access: .role(.organiser),
            body: Schema.object([
                "lists_held": Schema.boolean.about("Whether nobody is to be promoted from a waiting list.")
            ]),
            answers: [.init(status: .ok, about: "Changed.", schema: Event.schema.named("Event"))]
        ) { call in
            let slug = call.parameters["event"]
            guard try await frontOfHouse.holdLists(event: slug, call.body.boolean("lists_held") == true),
                let found = try await frontOfHouse.programme(event: slug)
            else { throw Problem.unknownEvent }
            return .json(found.event.json(found.places).bytes)
        }
    }
}
