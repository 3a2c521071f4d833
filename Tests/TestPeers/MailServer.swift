import FoundationEssentials
import Glibc

/// A mail server played by aiosmtpd, which keeps what it accepts as files and misbehaves as it is told.
///
/// It ends with the last reference to it.
public final class MailServer: Sendable {
    /// What the server asks of whoever sends.
    public struct Settings: Sendable {
        public enum Encryption: String, Sendable {
            case none, starttls, implicit
        }

        public var encryption = Encryption.none
        /// `NAME:PASSWORD` of the only one who may send; nil: everybody.
        public var login: String?
        public var offersUTF8 = true

        public init() {}
    }

    /// What a mail server may do with a letter.
    public enum Manner: Sendable {
        /// Answers this to the recipient whose address begins so.
        case refuse(String, with: String)
        /// Answers this to the first try of each recipient.
        case greylist(String)
        /// Answers this to every sender.
        case refuseSender(String)
        /// Answers this once the letter is there.
        case refuseText(String)
        /// Says nothing to the recipient whose address begins so.
        case hang(String)
        /// Takes the text for such a recipient and says nothing.
        case hangAfterText(String)
        /// Keeps a letter to such a recipient and says nothing.
        case keepAndHang(String)
        /// Takes so long to answer for such a recipient.
        case slow(String, seconds: Double)
        /// Hangs up in the middle of so many letters' text.
        case drop(Int)
        /// Keeps so many letters, and hangs up instead of saying so.
        case keepAndDrop(Int)

        fileprivate var line: String {
            switch self {
            case .refuse(let start, let answer): "refuse \(start) \(answer)"
            case .greylist(let answer): "greylist \(answer)"
            case .refuseSender(let answer): "sender \(answer)"
            case .refuseText(let answer): "text \(answer)"
            case .hang(let start): "hang \(start)"
            case .hangAfterText(let start): "hang-after-text \(start)"
            case .keepAndHang(let start): "keep-and-hang \(start)"
            case .slow(let start, let seconds): "slow \(start) \(seconds)"
            case .drop(let count): "drop \(count)"
            case .keepAndDrop(let count): "keep-and-drop \(count)"
            }
        }
    }

    /// A letter that was accepted.
    public struct Letter: Sendable {
        /// Its file.
        public var path: String
        public var sender: String
        public var recipient: String
        /// Which of the connections it came over, counted from 1.
        public var connection: Int
        public var isEncrypted: Bool
        public var login: String
        /// What the client said that it is.
        public var client: String
    }

    public let port: UInt16
    public let folder: TemporaryFolder
    private let settings: Settings
    private let program = Held<RunningProgram>()

    /// The certificate that vouches for the server, which is its own.
    public var authorities: String { folder.path("certificate.pem") }

    /// Switches it on and returns when it answers.
    public init(_ settings: Settings = Settings(), _ manners: Manner...) async throws {
        port = try FreePort.find()
        folder = try TemporaryFolder()
        self.settings = settings
        try folder.makeFolder("mail")
        try behave(manners)
        if settings.encryption != .none {
            try await Program.run(
                "openssl",
                arguments: [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder.path("key.pem"),
                    "-out", authorities,
                ])
        }
        try await comeBack()
    }

    /// Switches it on again.
    public func comeBack() async throws {
        let script = try folder.write(mailServerScript, to: "server.py")
        // Debian's own, which has Debian's packages.
        let started = try RunningProgram(
            "/usr/bin/python3",
            arguments: [
                script, String(port), folder.path, settings.encryption.rawValue, settings.login ?? "",
                settings.offersUTF8 ? "utf8" : "",
            ])
        program.set(started)
        try await eventually("the mail server listens", withinSeconds: 20) {
            if !started.isRunning {
                guard started.errorOutput.contains("ModuleNotFoundError") else {
                    throw ProgramFailure.late("aiosmtpd", seconds: 0, output: started.errorOutput)
                }
                throw ProgramFailure.missing("aiosmtpd", package: "python3-aiosmtpd")
            }
            return FreePort.isTaken(port)
        }
    }

    /// Pulls its plug.
    public func vanish() async { await program.value?.kill() }

    /// Behaves so from now on, and no longer as before.
    public func behave(_ manners: Manner...) throws { try behave(manners) }

    private func behave(_ manners: [Manner]) throws {
        try folder.write(manners.map { $0.line + "\n" }.joined(), to: "manners")
    }

    /// What was accepted, oldest first.
    public var letters: [Letter] {
        get throws {
            try folder.names(in: "mail").filter { $0.hasSuffix(".eml") }.map { name in
                let lines = try folder.text(of: "mail/\(name.dropLast(4)).envelope")
                    .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                return Letter(
                    path: folder.path("mail/\(name)"), sender: lines[0], recipient: lines[1],
                    connection: Int(lines[2]) ?? 0, isEncrypted: lines[3] == "yes", login: lines[4],
                    client: lines[5])
            }
        }
    }

    /// How often a letter was begun to recipients whose address begins so, and who were not refused.
    public func tries(of start: String) throws -> Int {
        guard folder.contains("tries") else { return 0 }
        return try folder.text(of: "tries").split(separator: "\n").count { $0.hasPrefix(start) }
    }

    /// What it answered, each line with the number of its connection before it.
    public var answers: [String] {
        get throws {
            guard folder.contains("answers") else { return [] }
            return try folder.text(of: "answers").split(separator: "\n").map(String.init)
        }
    }
}

private let mailServerScript = #"""
    import asyncio, os, ssl, sys
    from aiosmtpd.smtp import SMTP, AuthResult

    port, folder, encryption, login, utf8 = sys.argv[1:]
    os.chdir(folder)
    connections = 0
    seen = set()
    counts = {}
    number = len([name for name in os.listdir("mail") if name.endswith(".eml")])

    def manner(word):
        """The rest of each line that begins with the word."""
        with open("manners") as file:
            lines = [line.rstrip("\n").split(" ", 1) for line in file]
        return [line[1] if len(line) > 1 else "" for line in lines if line[0] == word]

    def left(word):
        for count in manner(word):
            done = counts.get(word, 0)
            if done < int(count):
                counts[word] = done + 1
                return True
        return False

    async def never():
        await asyncio.sleep(3600)

    def keep(server, session, envelope):
        global number
        number += 1
        name = f"mail/{number:06}"
        with open(name + ".envelope", "w") as file:
            secure = "yes" if session.ssl or encryption == "implicit" else "no"
            user = (session.auth_data or b"").decode()
            file.write("\n".join([envelope.mail_from, envelope.rcpt_tos[0], str(server.number), secure, user,
                                  session.host_name]))
        with open(name + ".part", "wb") as file:
            file.write(envelope.original_content)
        os.rename(name + ".part", name + ".eml")

    class Handler:
        async def handle_MAIL(self, server, session, envelope, address, options):
            for answer in manner("sender"):
                return answer
            envelope.mail_from = address
            return "250 OK"

        async def handle_RCPT(self, server, session, envelope, address, options):
            for line in manner("refuse"):
                start, answer = line.split(" ", 1)
                if address.startswith(start):
                    return answer
            with open("tries", "a") as file:
                file.write(address + "\n")
            for line in manner("slow"):
                start, seconds = line.split(" ")
                if address.startswith(start):
                    await asyncio.sleep(float(seconds))
            for start in manner("hang"):
                if address.startswith(start):
                    await never()
            for answer in manner("greylist"):
                if address not in seen:
                    seen.add(address)
                    return answer
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):
            for answer in manner("text"):
                return answer
            for start in manner("hang-after-text"):
                if envelope.rcpt_tos[0].startswith(start):
                    await never()
            keep(server, session, envelope)
            for start in manner("keep-and-hang"):
                if envelope.rcpt_tos[0].startswith(start):
                    await never()
            if left("keep-and-drop"):
                server.transport.abort()
            return "250 OK, it is ours now"

    class Server(SMTP):
        def __init__(self, *arguments, **settings):
            global connections
            super().__init__(*arguments, **settings)
            connections += 1
            self.number = connections

        async def smtp_DATA(self, argument):
            if left("drop"):
                await self.push("354 go on")
                await self._reader.readline()
                self.transport.abort()
                return
            await super().smtp_DATA(argument)

        async def push(self, status):
            with open("answers", "a") as file:
                file.write(f"{self.number} {status}\n")
            await super().push(status)

    def authenticate(server, session, envelope, mechanism, data):
        name, password = data.login.decode(), data.password.decode()
        session.auth_data = data.login
        return AuthResult(handled=False, success=f"{name}:{password}" == login, auth_data=data.login)

    context = None
    if encryption != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain("certificate.pem", "key.pem")

    def make():
        settings = dict(enable_SMTPUTF8=bool(utf8), hostname="mail.test", timeout=3600)
        if encryption == "starttls":
            settings.update(tls_context=context, require_starttls=True)
        if login:
            settings.update(authenticator=authenticate, auth_required=True, auth_require_tls=encryption == "starttls")
        return Server(Handler(), **settings)

    async def main():
        implicit = context if encryption == "implicit" else None
        server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", int(port), ssl=implicit)
        await server.serve_forever()

    asyncio.run(main())
    """#
