/// The report as plain text, and as JSON.
extension Report {
    private static let heading = ["", "median", "lowest", "highest", "aim", "", "daemon µs", "driver µs"]

    /// - Parameter isJudged: whether the figures are such that they may be held against the aims.
    func table(isJudged: Bool) -> String {
        let rows = [Report.heading] + lines.map { Report.cells($0, isJudged: isJudged) }
        let widths = Report.heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var text = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                // Words to the left, numbers to the right.
                text += (column == 0 || column == 5 ? cell + padding : padding + cell) + "  "
            }
            while text.last == " " { text.removeLast() }
            return text
        }.joined(separator: "\n")
    }

    var json: String {
        let members = lines.map { line in
            let values = line.values.map { decimal($0, 3) }.joined(separator: ",")
            let aim = line.figure.isMet(by: line.median).map { ",\"met\":\($0)" } ?? ""
            return
                "\"\(line.figure.key)\":{\"median\":\(decimal(line.median, 3)),\"unit\":\"\(line.figure.unit)\",\"runs\":[\(values)]\(aim)}"
        }
        return "{\(members.joined(separator: ","))}"
    }

    private static func cells(_ line: Line, isJudged: Bool) -> [String] {
        let figure = line.figure
        func text(_ value: Double) -> String { "\(decimal(value, figure.digits)) \(figure.unit)" }
        let aim =
            switch figure.aim {
            case .atLeast(let least): "≥ " + decimal(least, figure.digits)
            case .atMost(let most): "≤ " + decimal(most, figure.digits)
            case nil: ""
            }
        let isMet = isJudged ? figure.isMet(by: line.median) : nil
        let verdict = isMet.map { $0 ? "met" : "missed" } ?? ""
        let costs = line.costs
        return [
            figure.label, text(line.median), text(line.values.min() ?? .nan), text(line.values.max() ?? .nan),
            aim, verdict, costs.isEmpty ? "" : decimal(costs.map(\.daemon).median, 1),
            costs.isEmpty ? "" : decimal(costs.map(\.driver).median, 1),
        ]
    }
}

/// A number with so many digits behind the point, thousands apart.
func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "null" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    let (left, right) = whole.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    let fraction =
        digits == 0 ? "" : "." + String(repeating: "0", count: digits - String(right).count) + String(right)
    return (whole < 0 ? "-" : "") + String(left) + fraction
}
