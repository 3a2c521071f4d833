import Operations
import Registration

/// Arrivals over time as bars: an SVG that stretches to its place while its texts keep their size.
struct ArrivalsChart {
    /// How many people arrived in a span of time.
    struct Bar: Equatable {
        var began: Timestamp
        var count: Int
    }

    /// As many bars as are legible on a phone.
    static let barLimit = 60
    /// Further back than this nothing is drawn: the times of day below would come twice.
    static let hoursLimit: Int64 = 24
    /// The plot in percent of the picture: texts stand left of it and below.
    private static let (left, top, bottom) = (7.0, 6.0, 86.0)

    let bars: [Bar]
    let spanMinutes: Int64
    /// How many came before the first bar.
    let earlier: Int
    private let time: LocalTime

    /// - Parameter now: until when the picture reaches, even where nobody came lately.
    init(_ arrivals: [ArrivalCount], event: Event, now: Timestamp) {
        time = LocalTime(event)
        let step = ArrivalCount.spanMilliseconds
        let opened = ArrivalsChart.beginning(arrivals, event: event, now: now)
        let latest = max(
            arrivals.last?.began.adding(milliseconds: step) ?? opened, min(now, event.doorsClose))
        let end = max(latest, opened.adding(seconds: 3_600))
        let first = max(opened, end.adding(seconds: -ArrivalsChart.hoursLimit * 3_600))
        let steps = (end.milliseconds(since: first) + step - 1) / step
        let factor = [1, 2, 3, 6, 12, 24, 48, 144, 288].first { steps / $0 < Int64(ArrivalsChart.barLimit) }
        let span = step * (factor ?? (steps / Int64(ArrivalsChart.barLimit) + 1))
        spanMinutes = span / 60_000
        // Spans begin at whole multiples, as the clock on the wall does.
        let origin = Timestamp(rawValue: first.rawValue / span * span)
        let count = Int((end.milliseconds(since: origin) + span - 1) / span)
        var bars = (0..<count).map { Bar(began: origin.adding(milliseconds: Int64($0) * span), count: 0) }
        for arrival in arrivals {
            let index = Int(arrival.began.milliseconds(since: origin) / span)
            if bars.indices.contains(index) { bars[index].count += arrival.count }
        }
        self.bars = bars
        earlier = arrivals.filter { $0.began < origin }.map(\.count).reduce(0, +)
    }

    /// Where the picture begins: when the doors opened, unless nobody came for long after that.
    private static func beginning(_ arrivals: [ArrivalCount], event: Event, now: Timestamp) -> Timestamp {
        guard let first = arrivals.first?.began else {
            return max(event.doorsOpen, min(now, event.doorsClose).adding(seconds: -3 * 3_600))
        }
        return first.milliseconds(since: event.doorsOpen) > 3_600_000 ? first : min(first, event.doorsOpen)
    }

    private var most: Int { bars.map(\.count).max() ?? 0 }

    /// The smallest of 2, 4, 10, 20, 40, 100… that nothing is above, so that half of it is whole.
    var top: Int {
        var unit = 1
        while true {
            for step in [2, 4, 10] where step * unit >= most { return step * unit }
            unit *= 10
        }
    }

    var summary: String {
        guard let peak = bars.max(by: { $0.count < $1.count }), peak.count > 0 else {
            return "Nobody has arrived yet."
        }
        let before =
            earlier == 0 ? "" : " Before the \(ArrivalsChart.hoursLimit) hours shown, \(earlier) came."
        return
            "Most arrived from \(time.clock(peak.began)): \(peak.count) in \(spanMinutes) minutes.\(before)"
    }

    var html: HTML {
        """
        <svg class="chart" id="chart" role="img" aria-label="Arrivals per \(spanMinutes) minutes. \(summary)">
        \([0, top / 2, top].map(gridLine))
        \(bars.enumerated().compactMap(bar))
        \(labels)
        </svg>
        """
    }

    private func gridLine(_ value: Int) -> HTML {
        let y = height(of: value)
        return """
            <line class="\(value == 0 ? "chart-axis" : "chart-grid")" x1="\(ArrivalsChart.left.short)%" x2="100%" \
            y1="\(y)%" y2="\(y)%"/><text x="0" y="\(y)%" dy="0.35em">\(value)</text>
            """
    }

    private func bar(_ index: Int, _ bar: Bar) -> HTML? {
        guard bar.count > 0 else { return nil }
        let y = height(of: bar.count)
        let tall = (ArrivalsChart.bottom - (Double(y) ?? 0)).short
        return """
            <rect class="chart-bar" x="\((place(index) + width * 0.1).short)%" y="\(y)%" \
            width="\((width * 0.8).short)%" height="\(tall)%"><title>\(time.clock(bar.began)): \(bar.count)</title></rect>
            """
    }

    /// About eight times of day; every other one gives way on a phone.
    private var labels: [HTML] {
        let every = max(1, Int((Double(bars.count) / 8).rounded(.up)))
        // One that began in the last tenth would be cut off at the edge of a phone.
        let shown = bars.enumerated().filter { $0.offset % every == 0 && place($0.offset) <= 90 }
        return shown.enumerated().map { number, bar in
            """
            <text class="\(number % 2 == 0 ? "" : "chart-odd")" x="\(place(bar.offset).short)%" y="99%">\
            \(time.clock(bar.element.began))</text>
            """
        }
    }

    private var width: Double { (100 - ArrivalsChart.left) / Double(bars.count) }

    private func place(_ index: Int) -> Double { ArrivalsChart.left + width * Double(index) }

    private func height(of value: Int) -> String {
        let range = ArrivalsChart.bottom - ArrivalsChart.top
        return (ArrivalsChart.bottom - range * Double(value) / Double(top)).short
    }
}

extension Double {
    /// With two digits after the point at most, which is finer than any screen.
    fileprivate var short: String {
        let hundredths = Int((self * 100).rounded())
        let rest = hundredths % 100
        return rest == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
