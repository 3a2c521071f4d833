/// Numbers in sentences.
enum PageText {
    /// With two decimal places at most.
    static func number(_ value: Double) -> String {
        let hundredths = (value * 100).rounded() / 100
        return hundredths == hundredths.rounded() && abs(hundredths) < 1e9
            ? "\(Int(hundredths))" : "\(hundredths)"
    }
}
