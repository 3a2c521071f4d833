import Configuration
import FoundationEssentials
import Log
import Mail
import Operations
import Synchronization

/// Everything that sends letters, where mail is configured: the worker, and what owes reminders when their time
/// comes.
final class Post: Sendable {
    /// How often it is looked whether an event's reminders are due.
    private static let reminderSeconds = 60
    /// In bytes; what is longer is no password but another file.
    private static let passwordLimit = 1_024

    private let shelf: LetterShelf
    private let outlet: MailOutlet
    private let sender: Sender
    private let log: Logger
    private let tasks = Mutex<[Task<Void, Never>]>([])

    /// Reads and checks everything, and sends nothing yet.
    init(_ mail: Settings.Mail, log: Logger) throws {
        shelf = try LetterShelf(mail)
        outlet = try Post.outlet(mail.outlet)
        guard let mailbox = Mailbox(mail.senderAddress) else {
            throw Failure("[mail] from has “\(mail.senderAddress)”, whose domain can't be a name.")
        }
        sender = Sender(name: mail.senderName, mailbox: mailbox)
        self.log = log
    }

    func start(_ front: FrontOfHouse) {
        let worker = MailWorker(
            front, outlet: outlet, sender: sender, templates: { [shelf] in shelf.templates }, log: log)
        tasks.withLock { tasks in
            tasks = [
                Task { await worker.run() },
                Task { [log] in await Post.remind(front, log: log) },
            ]
        }
    }

    /// Reads the templates again; keeps the old ones if there is a mistake in the new.
    func reload() async {
        do {
            try await BlockingWork.run { [shelf] in try shelf.reload() }
            log.notice("The letters' templates were read again")
        } catch {
            log.error("The letters' templates stay as they were", ["error": "\(Failure(describing: error))"])
        }
    }

    /// Begins no more letters.
    func cancel() { for task in tasks.withLock({ $0 }) { task.cancel() } }

    /// Returns when the letter under way is handed over, at most 8 s after ``cancel()``.
    func end() async { for task in tasks.withLock({ $0 }) { await task.value } }

    private static func remind(_ front: FrontOfHouse, log: Logger) async {
        while !Task.isCancelled {
            do {
                let count = try await front.oweRemindersDue()
                if count > 0 { log.notice("Reminders are due", ["events": count]) }
            } catch {
                // Tried again in a minute: which are due is in the database.
                log.error("Reminders can't be written", ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(reminderSeconds))
        }
    }

    private static func outlet(_ outlet: Settings.Mail.Outlet) throws -> MailOutlet {
        switch outlet {
        case .folder(let folder):
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw Failure(
                    "The letters' folder \(folder) can't be made. Name one that is yours to write to.")
            }
            return .folder(folder)
        case .server(let server):
            let encryption: SMTPServer.Encryption =
                switch server.tls {
                case _ where server.isSecure: .implicit
                case .none: .none
                case .starttls: .whereOffered
                case .required: .required
                }
            let login = try server.login.map {
                SMTPServer.Login(name: $0.username, password: try password(in: $0.passwordFile))
            }
            return .server(
                SMTPServer(host: server.host, port: server.port, encryption: encryption, login: login))
        }
    }

    /// The one line of a file.
    private static func password(in file: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(
                "The password file \(file) can't be read. Make it, for Lanyard's account to read alone.")
        }
        guard data.count <= passwordLimit, let text = String(validating: data, as: UTF8.self) else {
            throw Failure("\(file) is no password file: it is to hold the password and nothing else.")
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1 else {
            throw Failure("\(file) has \(lines.count) lines. It is to hold the password and nothing else.")
        }
        return String(lines[0])
    }
}
