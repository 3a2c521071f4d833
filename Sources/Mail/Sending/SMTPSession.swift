internal import CCurl
import Glibc

/// A connection to a mail server, opened when the first letter needs it and again when it broke.
///
/// `@unchecked` because of libcurl's handle: it is made, used and freed on the thread of the ``SMTPLine`` that
/// owns this, and nowhere else.
final class SMTPSession: @unchecked Sendable {
    private let server: SMTPServer
    private let sender: Mailbox
    private let pace: MailPace
    private var handle: UnsafeMutableRawPointer?
    private var dialogue = SMTPDialogue()

    init(_ server: SMTPServer, sender: Mailbox, pace: MailPace) {
        self.server = server
        self.sender = sender
        self.pace = pace
    }

    /// Says goodbye to the server, which may take it two minutes.
    ///
    /// The corresponding C function is `curl_easy_cleanup`.
    func close() {
        if let handle { curl_easy_cleanup(handle) }
        handle = nil
    }

    func deliver(_ message: Message, _ watch: TransferWatch) -> Delivery {
        guard let handle = handle ?? open() else {
            return .unreachable("The mail server can't be used: libcurl has no memory")
        }
        self.handle = handle
        let transfer = SMTPTransfer(message, dialogue, pace: pace, watch: watch)
        let code = transfer.perform(on: handle)
        dialogue = transfer.dialogue
        let fault = code == CURLE_OK ? nil : transfer.isLate ? .late : SMTPFault(code)
        return Delivery(fault, dialogue, to: message.recipient, wasStopped: transfer.wasStopped)
    }

    /// This machine's name, or the sender's domain where that is no whole one, which many servers refuse.
    private var clientName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        return host.contains(".") ? DomainName.ascii(host) ?? sender.domain : sender.domain
    }

    /// libcurl's state for the whole process, once.
    private static let library: Void = { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

    /// A handle with all that is the same for every letter. It trusts nobody whom the system does not.
    ///
    /// The corresponding C functions are `curl_easy_init` and `curl_easy_setopt`.
    private func open() -> UnsafeMutableRawPointer? {
        _ = SMTPSession.library
        guard let handle = curl_easy_init() else { return nil }
        func set(_ option: CURLoption, _ text: String) { lanyard_curl_set_text(handle, option, text) }
        func set(_ option: CURLoption, _ number: Int) { lanyard_curl_set_number(handle, option, number) }
        set(CURLOPT_URL, server.url(client: clientName))
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Whatever the environment says.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_UPLOAD, 1)
        set(CURLOPT_MAIL_FROM, "<\(sender.address)>")
        let encryption: Int32 =
            switch server.encryption {
            case .none: Int32(CURLUSESSL_NONE.rawValue)
            case .whereOffered: Int32(CURLUSESSL_TRY.rawValue)
            case .required, .implicit: Int32(CURLUSESSL_ALL.rawValue)
            }
        set(CURLOPT_USE_SSL, Int(encryption))
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorities = server.authorities { set(CURLOPT_CAINFO, authorities) }
        if let login = server.login {
            set(CURLOPT_USERNAME, login.name)
            set(CURLOPT_PASSWORD, login.password)
        }
        // The transfer itself watches the time; libcurl must not be quicker to give up.
        set(CURLOPT_CONNECTTIMEOUT, Int(pace.answerSeconds) + 1)
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Int(pace.acceptanceSeconds) + 1)
        set(CURLOPT_NOPROGRESS, 0)
        set(CURLOPT_VERBOSE, 1)
        SMTPTransfer.prepare(handle)
        return handle
    }
}

extension SMTPFault {
    fileprivate init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST: .unknownHost
            case CURLE_COULDNT_CONNECT: .noConnection
            case CURLE_OPERATION_TIMEDOUT: .late
            case CURLE_PEER_FAILED_VERIFICATION: .untrusted
            case CURLE_USE_SSL_FAILED: .noEncryption
            case CURLE_LOGIN_DENIED: .loginRefused
            case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE: .brokenOff
            default: .other(String(cString: curl_easy_strerror(code)))
            }
    }
}
