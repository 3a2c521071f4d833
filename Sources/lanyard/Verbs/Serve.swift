import Badges
import Configuration
import Log
import Operations

extension Verb {
    static let serve = Verb(
        "serve", "Runs the daemon until it is told to stop.", options: databaseOptions
    ) { options in
        // The templates' reading waits for it; begun now, it passes beside all that comes before.
        BlockingWork.begin(InstalledFonts.find)
        let settings = try options.settings()
        let log = Logger(threshold: Level(settings.log.level))
        makeFilesPrivate()
        let lock = try InstanceLock(database: settings.database.path)
        try await Daemon.run(settings, lock: lock, log: log) { _ in }
    }
}

extension Daemon {
    /// Runs a daemon until SIGTERM or SIGINT; SIGHUP reads the templates of badges and letters again.
    ///
    /// - Parameter lock: on the daemon's database; let go when it has stopped.
    static func run(
        _ settings: Settings, lock: consuming InstanceLock, log: Logger, whenReady: (Daemon) throws -> Void
    ) async throws {
        let signals = Signals()
        let daemon = try await Daemon(settings, log: log, sockets: ServiceManager.passedSockets())
        let watchdog = Watchdog.start(daemon.front, log: log)
        ServiceManager.tell("READY=1")
        try whenReady(daemon)
        for await signal in signals.stream {
            if signal == .stop { break }
            ServiceManager.tell("RELOADING=1")
            await daemon.reload()
            ServiceManager.tell("READY=1")
        }
        ServiceManager.tell("STOPPING=1")
        watchdog?.cancel()
        await daemon.stop()
        _ = consume lock
    }
}

extension Level {
    fileprivate init(_ level: Settings.Log.Level) {
        self =
            switch level {
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
    }
}
