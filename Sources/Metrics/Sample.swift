/// One line of the exposition.
struct Sample {
    var name: String
    var labels: [(name: String, value: String)]
    var value: Double

    init(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        self.name = name
        self.labels = labels
        self.value = value
    }

    /// The lines of a histogram: each bucket with all below it, the sum, the count.
    static func all(
        of histogram: Histogram, name: String, labels: [(name: String, value: String)]
    ) -> [Sample] {
        // Read once, so that the last bucket and the count are the same whatever is observed meanwhile.
        let counts = histogram.cumulativeCounts
        let bounds = histogram.bounds.map(Sample.number) + ["+Inf"]
        let buckets = zip(bounds, counts).map { bound, count in
            Sample(name + "_bucket", labels + [(name: "le", value: bound)], Double(count))
        }
        return buckets + [
            Sample(name + "_sum", labels, histogram.sum),
            Sample(name + "_count", labels, Double(counts[counts.count - 1])),
        ]
    }

    func write(to text: inout String) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Sample.escaped($0.value, quotes: true))\"" }
            text += "{" + pairs.joined(separator: ",") + "}"
        }
        text += " " + Sample.number(value) + "\n"
    }

    /// As Prometheus reads numbers; whole ones without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map { String($0) } ?? "\(value)"
    }

    /// Backslashes and line ends, and in label values quotes, as the format has them.
    static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || (quotes && $0 == 0x22) }) else {
            return text
        }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
