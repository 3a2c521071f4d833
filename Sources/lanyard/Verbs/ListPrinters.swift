import Printing

extension Verb {
    static let printers = Verb(
        "printers", "Lists the CUPS queues, one a line: name, state, media, description.",
        options: databaseOptions
    ) { options in
        let settings = try options.settings()
        for queue in try await settings.printServer().destinations() {
            Console.tell(
                [queue.name, queue.status.description, queue.media.description, queue.description]
                    .joined(separator: "\t"))
        }
    }
}
