import FoundationEssentials
import Operations
import Registration
import TestPeers
import Testing

@testable import Mail

/// What a mail server asks for before it takes a letter, and what it can't take.
@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ServerTests {
    private func server(_ encryption: MailServer.Settings.Encryption, login: String? = nil) async throws
        -> MailServer
    {
        var settings = MailServer.Settings()
        settings.encryption = encryption
        settings.login = login
        return try await MailServer(settings)
    }

    private func office(
        _ server: MailServer, _ encryption: SMTPServer.Encryption, password: String? = nil
    ) async throws -> PostOffice {
        let login = password.map { SMTPServer.Login(name: "lanyard", password: $0) }
        return try await PostOffice(
            .server(PostOffice.address(of: server, encryption: encryption, login: login)))
    }

    @Test func `a server that wants STARTTLS and a login gets both`() async throws {
        let server = try await server(.starttls, login: "lanyard:pass word é")
        let office = try await office(server, .required, password: "pass word é")
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await office.wait(1, .sent)
        let letter = try #require(try server.letters.first)
        #expect(letter.isEncrypted && letter.login == "lanyard")
    }

    @Test(arguments: [SMTPServer.Encryption.whereOffered, .implicit])
    func `encryption that is offered, or there from the first byte, is used`(
        encryption: SMTPServer.Encryption
    )
        async throws
    {
        let server = try await server(encryption == .implicit ? .implicit : .starttls)
        let office = try await office(server, encryption)
        office.open()
        try await office.write(toNew: "ada@example.org")
        try await office.wait(1, .sent)
        #expect(try server.letters.map(\.isEncrypted) == [true])
    }

    @Test func `a certificate that nobody vouches for is not believed`() async throws {
        let server = try await server(.starttls)
        let office = try await PostOffice(
            .server(SMTPServer(host: "127.0.0.1", port: server.port, encryption: .required)))
        let letter = try await office.write(toNew: "ada@example.org")
        #expect(
            try await attempt(letter, office, server, .required, authorities: nil)
                == .unreachable("The mail server's certificate is not trusted"))
        #expect(try server.letters.isEmpty)
    }

    @Test func `where encryption is required and not offered, nothing is sent`() async throws {
        let server = try await server(.none)
        let office = try await office(server, .required)
        let letter = try await office.write(toNew: "ada@example.org")
        #expect(
            try await attempt(letter, office, server, .required, authorities: nil)
                == .unreachable("The mail server offers no encryption"))
    }

    @Test func `a wrong password delays the letters and fails none`() async throws {
        let server = try await server(.starttls, login: "lanyard:right")
        let office = try await office(server, .required, password: "wrong")
        let letter = try await office.write(toNew: "ada@example.org")
        let delivery = try await attempt(
            letter, office, server, .required, authorities: server.authorities, password: "wrong")
        #expect(delivery == .unreachable("The mail server does not take the user name and password: 535"))
        office.open()
        try await eventually("it was tried again") {
            try server.answers.filter { $0.contains(" 535 ") }.count > 2 ? true : nil
        }
        #expect(try await office.front.letterCounts() == [.queued: 1, .sent: 0, .failed: 0])
    }

    @Test func `an address with letters of any script goes to a server that takes such`() async throws {
        let server = try await MailServer()
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "дарья@example.org")
        try await office.write(toNew: "grace@bücher.example")
        try await office.wait(2, .sent)
        #expect(try server.letters.map(\.recipient) == ["дарья@example.org", "grace@xn--bcher-kva.example"])
    }

    @Test func `where a server takes none such, the letter ends in words and the next one goes`() async throws
    {
        var settings = MailServer.Settings()
        settings.offersUTF8 = false
        let server = try await MailServer(settings)
        let office = try await PostOffice(server)
        office.open()
        try await office.write(toNew: "дарья@example.org")
        try await office.write(toNew: "grace@bücher.example")
        try await office.wait(1, .failed)
        try await office.wait(1, .sent)
        #expect(try await office.refusals() == [Delivery.needsUTF8])
        #expect(try server.letters.map(\.recipient) == ["grace@xn--bcher-kva.example"])
    }

    @Test func `a name that no server has, and a port where nobody listens, are told apart`() async throws {
        let office = try await PostOffice(.folder("/nowhere"))
        let message = try await office.message(of: office.write(toNew: "ada@example.org"))
        func attempt(_ host: String, _ port: UInt16) -> Delivery {
            let session = SMTPSession(
                SMTPServer(host: host, port: port, encryption: .none), sender: office.sender.mailbox,
                pace: PostOffice.quick)
            defer { session.close() }
            return session.deliver(message, TransferWatch())
        }
        let port = try FreePort.find()
        #expect(attempt("127.0.0.1", port) == .unreachable(SMTPFault.noConnection.words))
        #expect(attempt("nobody.invalid", port) == .unreachable(SMTPFault.unknownHost.words))
    }

    private func attempt(
        _ letter: Letter, _ office: PostOffice, _ server: MailServer, _ encryption: SMTPServer.Encryption,
        authorities: String?, password: String? = nil
    ) async throws -> Delivery {
        var address = PostOffice.address(
            of: server, encryption: encryption,
            login: password.map { SMTPServer.Login(name: "lanyard", password: $0) })
        address.authorities = authorities
        let session = SMTPSession(address, sender: office.sender.mailbox, pace: PostOffice.quick)
        defer { session.close() }
        return session.deliver(
            try await office.message(of: letter), TransferWatch())
    }
}
