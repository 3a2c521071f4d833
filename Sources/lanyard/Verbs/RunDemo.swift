import Configuration
import Doors
import HTTPServer
import Log

extension Verb {
    static let demo = Verb(
        "demo", "Runs the sample event, moved to tomorrow with its doors open, to try everything.",
        options: [
            Option(name: "state", value: "DIR", help: "where it keeps everything; .lanyard if not given"),
            Option(
                name: "http", value: "HOST:PORT", help: "where the pages are; 127.0.0.1:8080 if not given"),
            Option(name: "door", value: "HOST:PORT", help: "where the door is; 127.0.0.1:4001 if not given"),
        ]
    ) { options in
        let demo = try Demo(
            folder: options["state"] ?? ".lanyard", http: options["http"] ?? "127.0.0.1:8080",
            door: options["door"] ?? "127.0.0.1:4001")
        makeFilesPrivate()
        let lock = try InstanceLock(
            database: demo.settings.database.path, otherwise: "name another folder with --state DIR")
        let prepared = try await demo.settings.withFrontOfHouse(creates: true) { try await demo.prepare($0) }
        do {
            try await Daemon.run(demo.settings, lock: lock, log: Logger()) { daemon in
                Console.tell(demo.welcome(daemon, prepared))
            }
        } catch let error as HTTPServer.ListenError {
            throw Failure("\(error) Name another with --http HOST:PORT.")
        } catch let error as Doors.ListenError {
            throw Failure("\(error) Name another with --door HOST:PORT.")
        }
    }
}
