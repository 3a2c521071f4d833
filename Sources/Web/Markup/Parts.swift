import Registration

/// A bar that shows how much of something is taken. Decoration: the numbers stand beside it in words.
func meter(taken: Int, of capacity: Int, arrived: Int = 0) -> HTML {
    """
    <svg class="meter" aria-hidden="true" focusable="false">\
    <rect class="meter-ground" width="100%" height="100%"/>\
    <rect class="meter-taken" width="\(percent(taken, of: capacity))%" height="100%"/>\
    <rect class="meter-arrived" width="\(percent(arrived, of: capacity))%" height="100%"/></svg>
    """
}

/// What the two colours of such a bar mean.
let meterKey: HTML = """
    <p class="meter-key" aria-hidden="true">\
    <span><svg><rect class="meter-taken" width="100%" height="100%"/></svg>Booked</span>\
    <span><svg><rect class="meter-arrived" width="100%" height="100%"/></svg>Arrived</span></p>
    """

/// 0 to 100.
func percent(_ part: Int, of whole: Int) -> Int {
    guard whole > 0 else { return 0 }
    return min(100, max(0, part * 100 / whole))
}

/// The straps and the clip that a card hangs from.
let lanyardStrap: HTML = """
    <svg class="lanyard-strap" viewBox="0 0 88 72" preserveAspectRatio="none" aria-hidden="true">\
    <path d="M4 0h20l26 72H38z" fill="#d98e00"/><path d="M84 0H64L38 72h12z" fill="#ffb81c"/></svg>\
    <svg class="lanyard-clip" viewBox="0 0 36 28" aria-hidden="true">\
    <rect x="9" y="0" width="18" height="8" rx="2" fill="#5d706c"/>\
    <path d="M18 8v6" stroke="#8fa39e" stroke-width="4"/>\
    <rect x="12" y="12" width="12" height="14" rx="5" fill="none" stroke="#8fa39e" stroke-width="3.5"/></svg>
    """

/// A name of a person. It can't change the direction of the text around it, whatever is in it.
func person(_ name: String) -> HTML {
    "<bdi>\(name)</bdi>"
}

extension String {
    /// The same for a name inside a sentence that is text: between the marks of an isolate (UAX #9).
    var isolated: String { "\u{2068}\(self)\u{2069}" }
}

/// A link to what an organiser wrote, if it is one that a browser may safely follow; else its text alone.
func outsideLink(_ text: String) -> HTML {
    let address = text.lowercased()
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return "<span>\(text)</span>" }
    return "<a href=\"\(text)\" rel=\"noopener noreferrer\">\(text)</a>"
}

extension Int {
    /// `1 second`, `2 seconds`
    var seconds: String { self == 1 ? "1 second" : "\(self) seconds" }
}

/// A sentence in which an invitation to write is a link to whom, if anybody is known.
func inviting(_ sentence: String, to contact: String) -> HTML {
    let words = ["write to us", "write to the organisers"].lazy.compactMap { sentence.firstRange(of: $0) }
        .first
    guard let words, !contact.isEmpty else { return "\(sentence)" }
    return """
        \(sentence[..<words.lowerBound])<a href="mailto:\(contact)">\(sentence[words])</a>\
        \(sentence[words.upperBound...])
        """
}

extension Places {
    /// How many are left, in words, for people who are choosing.
    var words: String {
        switch left {
        case nil: "Open to everyone"
        case 0?: "Full"
        case 1?: "1 place left"
        case let left?: "\(left) places left"
        }
    }

    /// Whether so few are left that one should hurry: at most a tenth, and never more than 10.
    var areFew: Bool {
        guard let left, let capacity else { return false }
        return left <= min(10, max(3, capacity / 10))
    }

    var tag: HTML? {
        guard capacity != nil else { return nil }
        return "<span class=\"tag \(isFull ? "" : areFew ? "tag-warn" : "tag-good")\">\(words)</span>"
    }
}

extension Session.Kind {
    var words: String {
        switch self {
        case .keynote: "Keynote"
        case .workshop: "Workshop"
        case .talk: "Talk"
        case .pause: "Break"
        }
    }
}
