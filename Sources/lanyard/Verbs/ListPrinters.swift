import Configuration
import Printing

extension Verb {
    static let printers = Verb(
        "printers", "Lists the CUPS queues, one a line: name, state, media, description, place.",
        options: databaseOptions
    ) { options in
        // Without a configuration, the system's own CUPS is meant.
        let settings = try options["database"] == nil ? options.configuration() : options.settings()
        let server = try (settings ?? Settings()).printServer()
        let queues: [Destination]
        do {
            queues = try await server.destinations()
        } catch let error as CUPSError where error.code == .serviceUnavailable {
            throw Failure(
                "No CUPS answers at \(server). Install it (apt-get install cups), start it (systemctl start cups), or"
                    + " name another in [printing] server. A printer that is a folder needs none.")
        }
        if queues.isEmpty { Console.complain("CUPS at \(server) has no queues; lpadmin(8) makes one.") }
        for queue in queues {
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
