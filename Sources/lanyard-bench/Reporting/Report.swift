/// All that the runs measured, in the order in which it was first measured.
struct Report {
    /// Where the processors' time went while something was driven, in microseconds an answer.
    struct Cost {
        var daemon: Double
        var driver: Double
    }

    struct Line {
        let figure: Figure
        var values: [Double] = []
        var costs: [Cost] = []

        var median: Double { values.median }
    }

    private(set) var lines: [Line] = []

    mutating func add(_ figure: Figure, _ value: Double, _ cost: Cost? = nil) {
        let index = lines.firstIndex { $0.figure.key == figure.key } ?? lines.endIndex
        if index == lines.endIndex { lines.append(Line(figure: figure)) }
        lines[index].values.append(value)
        if let cost { lines[index].costs.append(cost) }
    }

    /// The value that this run measured.
    func latest(_ figure: Figure) -> Double? {
        lines.first { $0.figure.key == figure.key }?.values.last
    }
}

extension [Double] {
    /// The value below which a share of them lies; they need not be in order.
    func quantile(_ share: Double) -> Double {
        let ordered = sorted()
        guard !ordered.isEmpty else { return .nan }
        return ordered[Swift.min(ordered.count - 1, Int(Double(ordered.count) * share))]
    }

    var median: Double {
        let ordered = sorted()
        guard !ordered.isEmpty else { return .nan }
        return (ordered[(ordered.count - 1) / 2] + ordered[ordered.count / 2]) / 2
    }
}
