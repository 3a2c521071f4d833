extension KeyedLink {
    /// Characters of a part of what people type from paper: 30 bits, for checks that can't be tried often.
    public static let typedLength = 6

    /// The beginning of ``text(purpose:number:)``, so nothing longer may be made for the same purpose.
    public func typedText(purpose: String, number: UInt64) -> String {
        String(text(purpose: purpose, number: number).prefix(KeyedLink.typedLength))
    }

    /// Whether the text is what ``typedText(purpose:number:)`` gave, as ``matches(_:purpose:number:)`` looks at it.
    public func matchesTyped(_ text: some StringProtocol, purpose: String, number: UInt64) -> Bool {
        guard text.utf8.count == KeyedLink.typedLength else { return false }
        let right = typedText(purpose: purpose, number: number)
        return Sodium.areEqual(Base32.normalised(text), Array(right.utf8))
    }
}
