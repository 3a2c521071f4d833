public import Registration

extension MaterialRefusal {
    /// Why it is not taken and what to do about it, in plain words.
    public var sentence: String {
        switch self {
        case .problem(let problem): problem.sentence
        case .unknownSession: "Choose a session of this event."
        case .emptyFile: "This file is empty. Choose another."
        case .fileTooLarge:
            "A file may have at most \(Material.fileBytesLimit.inBytes). Make it smaller, or add a link to it."
        case .sessionFull:
            "A session may have at most \(Material.sessionLimit) files and links. Remove one that is not needed."
        case .eventFull:
            "The files of an event may come to at most \(Material.eventBytesLimit.inBytes). "
                + "Remove some, or add a link to this one."
        }
    }
}

extension MaterialProblem {
    /// What to do about it, in plain words.
    public var sentence: String {
        switch self {
        case .nameMissing: "Say what it is called."
        case .nameTooLong: "Its name must have \(Material.nameLimit) characters or fewer."
        case .nameUnprintable: "Its name has characters that can't be printed. Type it again."
        case .addressTooLong: "The address must have \(Material.addressLimit) characters or fewer."
        case .notAnAddress: "Enter an address of the web in the form https://example.org/slides."
        }
    }
}

extension Int {
    /// A number of bytes as people read it: `850 KiB`, `2.4 MiB`.
    public var inBytes: String {
        let (kibi, mebi, gibi) = (1 << 10, 1 << 20, 1 << 30)
        func tenths(_ unit: Int) -> String {
            let tenths = (self * 10 + unit / 2) / unit
            return tenths % 10 == 0 || tenths >= 100
                ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
        }
        return switch self {
        case ..<kibi: self == 1 ? "1 byte" : "\(self) bytes"
        // What would be rounded to 1,024 of the smaller unit is one of the larger.
        case ..<(mebi - kibi / 2): "\((self + kibi / 2) / kibi) KiB"
        case ..<(gibi - mebi / 2): "\(tenths(mebi)) MiB"
        default: "\(tenths(gibi)) GiB"
        }
    }
}
