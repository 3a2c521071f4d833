import Printing

extension Verb {
    static let printers = Verb(
        "printers", "Lists the CUPS queues, one a line: name, state, media, description, place.",
        options: databaseOptions
    ) { options in
        let settings = try options.settings()
        for queue in try await settings.printServer().destinations() {
            let sizes = queue.media.sizes.map(\.size.description).inOrderOnce.joined(separator: ", ")
            let state = ([queue.status.word] + queue.status.troubles).joined(separator: "; ")
            Console.tell(
                [queue.name, state, sizes, queue.description, queue.location].joined(separator: "\t"))
        }
    }
}

extension PrinterStatus {
    fileprivate var word: String {
        switch state {
        case .idle: "idle"
        case .processing: "printing"
        case .stopped: "stopped"
        }
    }
}

extension [String] {
    /// Without repetitions.
    fileprivate var inOrderOnce: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
