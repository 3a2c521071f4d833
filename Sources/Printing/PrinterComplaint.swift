/// What keeps a printer from printing, in words for whoever stands in front of it.
enum PrinterComplaint {
    /// IPP's `printer-state-reasons` that stop paper from coming out (RFC 8011, section 5.4.12; PWG 5100.9),
    /// without the severity at their end.
    private static let words = [
        "connecting-to-device": "The printer does not answer",
        "cover-open": "The printer's cover is open",
        "cups-remote-stopped": "The printer is stopped",
        "cutter-error": "The printer's cutter is stuck",
        "developer-empty": "The printer is out of toner",
        "door-open": "The printer's door is open",
        "fuser-over-temp": "The printer is too hot",
        "input-tray-missing": "The printer's paper tray is missing",
        "input-cannot-feed-size-selected": "The printer can't feed paper of this size",
        "input-manual-input-request": "The printer waits for paper to be put in by hand",
        "interlock-open": "The printer's cover is open",
        "marker-supply-empty": "The printer is out of ink or ribbon",
        "media-empty": "The printer is out of paper",
        "media-jam": "Paper is jammed in the printer",
        "media-needed": "The printer needs other paper",
        "moving-to-paused": "The queue is stopped",
        "offline": "The printer is offline",
        "output-area-full": "The printer's output tray is full",
        "output-tray-missing": "The printer's output tray is missing",
        "paused": "The queue is stopped",
        "power-down": "The printer is switched off",
        "shutdown": "The printer is switched off",
        "spool-area-full": "The print server's disk is full",
        "stopped-partly": "The printer is stopped",
        "timed-out": "The printer does not answer",
        "toner-empty": "The printer is out of toner",
    ]

    /// The sentences, each once, for the reasons that stop printing; empty if none does.
    static func sentences(_ reasons: [String]) -> [String] {
        var sentences: [String] = []
        for reason in reasons {
            guard let sentence = sentence(reason), !sentences.contains(sentence) else { continue }
            sentences.append(sentence)
        }
        // Many printers that are out of paper say besides that they need some.
        if let empty = words["media-empty"], let needed = words["media-needed"], sentences.contains(empty) {
            sentences.removeAll { $0 == needed }
        }
        return sentences
    }

    private static func sentence(_ reason: String) -> String? {
        for severity in ["-error", "-warning", "-report"] where reason.hasSuffix(severity) {
            let keyword = String(reason.dropLast(severity.count))
            if let words = words[keyword] { return words }
            // What is no more than a warning lets paper out; what is an error but unknown is named as it is.
            return severity == "-error" ? "The printer reports \(keyword)" : nil
        }
        return words[reason]
    }

    /// Why a queue is better given no badge now, nil if it can have one.
    ///
    /// What its printer complained of last only counts while it has a badge: only printing clears it.
    static func obstacle(_ status: PrinterStatus, inFlight: Int) -> String? {
        let complaints = sentences(status.reasons)
        if status.state == .stopped {
            return complaints.isEmpty ? "The queue is stopped" : complaints.joined(separator: "; ")
        }
        if !status.isAccepting { return "The queue takes no jobs at the moment" }
        guard inFlight > 0 else { return nil }
        if !complaints.isEmpty { return complaints.joined(separator: "; ") }
        return isOutOfReach(status.message) ? "The printer does not answer" : nil
    }

    /// What the backends of CUPS 2.4 say while they can't reach a printer; they give no reason besides.
    static func isOutOfReach(_ message: String) -> Bool {
        [
            "may not exist or is unavailable", "is not responding", "unreachable", "Unable to locate printer",
            "Unable to connect to printer", "Unable to resolve printer", "Unable to find printer",
            "Unable to get printer status", "Connecting to printer",
        ].contains { message.contains($0) }
    }
}
