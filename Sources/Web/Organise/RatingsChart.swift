import Registration

/// How many chose each rating, as bars with their figures.
struct RatingsChart {
    var ratings: RatingCounts

    /// The plot in percent of the picture: words stand left of it and figures right.
    private static let (left, right) = (32.0, 90.0)

    static let words = ["Poor", "Fair", "Good", "Very good", "Excellent"]

    /// From the best rating to the worst.
    private var rows: [(words: String, count: Int)] {
        zip(RatingsChart.words, ratings.counts).map { ($0, $1) }.reversed()
    }

    private var summary: String {
        rows.map { "\($0.words): \($0.count)" }.joined(separator: ", ")
    }

    var html: HTML {
        """
        <svg class="chart ratings-chart" role="img" aria-label="\(summary)">\(rows.enumerated().map(row))</svg>
        """
    }

    private func row(_ index: Int, _ row: (words: String, count: Int)) -> HTML {
        let height = 100 / rows.count
        let most = max(1, ratings.counts.max() ?? 1)
        let width = (RatingsChart.right - RatingsChart.left) * Double(row.count) / Double(most)
        let middle = index * height + height / 2
        return """
            <text x="0" y="\(middle)%" dy="0.35em">\(row.words)</text>\
            <rect class="chart-bar" x="\(Int(RatingsChart.left))%" y="\(index * height + height / 5)%" \
            width="\(Int(width.rounded()))%" height="\(height * 3 / 5)%"/>\
            <text x="100%" y="\(middle)%" dy="0.35em" text-anchor="end">\(row.count)</text>
            """
    }
}
