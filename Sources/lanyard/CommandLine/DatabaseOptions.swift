import Configuration
import Glibc
import Operations
import Registration

extension Verb {
    /// The options of every verb that works on a database.
    static let databaseOptions = [
        Option(
            name: "config", value: "FILE", help: "the configuration; \(defaultConfiguration) if not given"),
        Option(name: "database", value: "sqlite:PATH", help: "the database, instead of a configuration"),
    ]

    static let defaultConfiguration = "/etc/lanyard/lanyard.toml"
}

extension Options {
    /// What the configuration says; of `--database`, the defaults with that database.
    func settings() throws -> Settings {
        if let database = self["database"] {
            guard self["config"] == nil else {
                throw UsageError("--config and --database exclude each other")
            }
            var settings = Settings()
            do { settings.database = try DatabaseAddress(database).absolute(from: ".") } catch {
                throw UsageError("--database \(error)")
            }
            return settings
        }
        if let found = try configuration() { return found }
        throw Failure(
            "There is no \(Verb.defaultConfiguration). Name another with --config FILE, or a database with"
                + " --database sqlite:PATH.")
    }

    /// What the configuration says; nil where none is named and none stands in its usual place.
    func configuration() throws -> Settings? {
        guard let file = self["config"] ?? Options.usualConfiguration else { return nil }
        return try Settings(path: file) { folder in
            (folder ?? (try? SharedFiles.find("Badges"))).flatMap(TemplateNames.init(folder:))
        }
    }

    private static var usualConfiguration: String? {
        access(Verb.defaultConfiguration, F_OK) == 0 ? Verb.defaultConfiguration : nil
    }

    /// - Parameter creates: whether a database that isn't there is made, or refused in plain words.
    func withFrontOfHouse<Result>(
        creates: Bool = false, _ body: (FrontOfHouse) async throws -> Result
    ) async throws -> Result {
        try await settings().withFrontOfHouse(creates: creates, body)
    }
}

extension Settings {
    /// Opens the database for one piece of work, also beside a running daemon, and closes it.
    func withFrontOfHouse<Result>(
        creates: Bool, _ body: (FrontOfHouse) async throws -> Result
    ) async throws -> Result {
        makeFilesPrivate()
        var operations = operations
        operations.followsDaemon = true
        let front = try await FrontOfHouse(
            database: database.path, creates: creates, settings: operations, clock: SystemClock.now,
            onFault: { Console.complain("lanyard: \(Failure(describing: $0))") })
        defer { front.close() }
        return try await body(front)
    }
}

/// What is written from now on is for this account alone to read: it holds people's names and addresses.
func makeFilesPrivate() {
    umask(0o077)
}

extension DatabaseAddress {
    var path: String {
        switch self {
        case .sqlite(let path): path
        }
    }
}
