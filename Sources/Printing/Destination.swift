internal import CCups

/// A queue of a CUPS server, as it was when it was asked.
public struct Destination: Hashable, Sendable {
    public var name: String
    public var description: String
    public var location: String
    public var status: PrinterStatus
    public var media: Media

    init?(_ attributes: IPPAttributes) {
        guard let name = attributes.text("printer-name") else { return nil }
        self.name = name
        description = attributes.text("printer-info") ?? ""
        location = attributes.text("printer-location") ?? ""
        status = PrinterStatus(attributes)
        media = Media(attributes)
    }

    static let attributes =
        ["printer-name", "printer-info", "printer-location", "media-col-database", "media-supported"]
        + PrinterStatus.attributes
}

/// What a queue is doing, and what its printer complains of.
public struct PrinterStatus: Hashable, Sendable {
    /// IPP's `printer-state` (RFC 8011, section 5.4.11).
    public enum State: Int, Sendable {
        case idle = 3
        case processing = 4
        case stopped = 5
    }

    public var state: State
    /// IPP's `printer-state-reasons`, without `none`.
    public var reasons: [String]
    /// The words of whoever changed the state last: a backend, or an administrator.
    public var message: String
    public var isAccepting: Bool

    public init(state: State, reasons: [String] = [], message: String = "", isAccepting: Bool = true) {
        self.state = state
        self.reasons = reasons
        self.message = message
        self.isAccepting = isAccepting
    }

    init(_ attributes: IPPAttributes) {
        state = attributes.integer("printer-state").flatMap(State.init) ?? .idle
        reasons = attributes.texts("printer-state-reasons").filter { $0 != "none" }
        message = attributes.text("printer-state-message") ?? ""
        isAccepting = attributes.boolean("printer-is-accepting-jobs") ?? true
    }

    /// What keeps it from printing, in sentences; empty if nothing does.
    public var troubles: [String] {
        var troubles = PrinterComplaint.sentences(reasons)
        if troubles.isEmpty, PrinterComplaint.isOutOfReach(message) {
            troubles = ["The printer does not answer"]
        }
        return isAccepting ? troubles : troubles + ["The queue takes no jobs at the moment"]
    }

    static let attributes = [
        "printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs",
    ]
}

extension Media {
    init(_ attributes: IPPAttributes) {
        let sizes = attributes.collections("media-col-database").compactMap(Medium.init)
        var named: [Medium] = []
        var smallest: PaperSize?
        var largest: PaperSize?
        for name in attributes.texts("media-supported") {
            // The name has the size in it (PWG 5101.1).
            guard let known = pwgMediaForPWG(name)?.pointee else { continue }
            let size = PaperSize(width: Int(known.width), height: Int(known.length))
            if name.hasPrefix("custom_min_") {
                smallest = size
            } else if name.hasPrefix("custom_max_") {
                largest = size
            } else {
                named.append(Medium(size: size, margins: .none))
            }
        }
        self.init(
            // Old queues tell only the names of their papers.
            sizes: sizes.isEmpty ? named : sizes,
            custom: smallest.flatMap { smallest in largest.map { (smallest, $0) } })
    }
}

extension Medium {
    /// Nil for an entry that is a range of sizes.
    fileprivate init?(_ entry: IPPAttributes) {
        guard let size = entry.collection("media-size"), let width = size.integer("x-dimension"),
            let height = size.integer("y-dimension")
        else { return nil }
        self.init(size: PaperSize(width: width, height: height), margins: Margins(entry))
    }
}

extension Medium.Margins {
    fileprivate init(_ entry: IPPAttributes) {
        self.init(
            top: entry.integer("media-top-margin") ?? 0, bottom: entry.integer("media-bottom-margin") ?? 0,
            left: entry.integer("media-left-margin") ?? 0, right: entry.integer("media-right-margin") ?? 0)
    }
}

extension CUPSConnection {
    /// Every queue of the server, by name.
    ///
    /// The corresponding operation is `CUPS-Get-Printers`.
    func destinations() throws(CUPSError) -> [Destination] {
        let request = IPPRequest(IPP_OP_CUPS_GET_PRINTERS)
        request.addUser()
        request.add(.operation, "limit", integer: PrintLimits.destinations)
        request.addRequested(Destination.attributes)
        do throws(CUPSError) {
            return try answer(to: request).things.compactMap(Destination.init)
                .sorted { $0.name < $1.name }
        } catch {
            // A server without any queue says that it found none.
            if error.code == .notFound { return [] }
            throw error
        }
    }

    /// One queue; throws ``CUPSError/Code/notFound`` if there is none of that name.
    ///
    /// The corresponding operation is `Get-Printer-Attributes`.
    func destination(_ queue: String) throws(CUPSError) -> Destination {
        let request = IPPRequest(IPP_OP_GET_PRINTER_ATTRIBUTES)
        request.addQueue(queue)
        request.addRequested(Destination.attributes)
        guard let destination = try answer(to: request).things.lazy.compactMap(Destination.init).first else {
            throw CUPSError(code: .notFound, message: "no queue of this name")
        }
        return destination
    }

    /// What one queue is doing, without asking for its papers.
    func status(ofQueue queue: String) throws(CUPSError) -> PrinterStatus {
        let request = IPPRequest(IPP_OP_GET_PRINTER_ATTRIBUTES)
        request.addQueue(queue)
        request.addRequested(PrinterStatus.attributes)
        return PrinterStatus(try answer(to: request).things.first ?? IPPAttributes())
    }
}
