import Operations
import Registration
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct ArrivalsChartTests {
    func chart(_ arrivals: [(Timestamp, Int)], now: Timestamp = Sample.at(10)) -> ArrivalsChart {
        ArrivalsChart(
            arrivals.map { ArrivalCount(began: $0.0, count: $0.1) }, event: Sample.event, now: now)
    }

    @Test func `nobody counted is an empty chart that says so`() {
        let chart = chart([], now: Sample.before)
        #expect(chart.summary == "Nobody has arrived yet.")
        #expect(chart.top == 2)
        #expect(chart.bars.count == 12)
    }

    @Test func `nobody is lost when spans are put together`() {
        let arrivals = (0..<200).map { (Sample.at(7, 30).adding(seconds: $0 * 300), Int($0)) }
        let chart = chart(arrivals)
        #expect(chart.bars.count <= ArrivalsChart.barLimit + 1)
        #expect(chart.bars.map(\.count).reduce(0, +) == (0..<200).reduce(0, +))
    }

    @Test func `whoever came before the doors opened or after they closed has a bar too`() {
        let chart = chart([(Sample.at(6), 3), (Sample.at(18), 2)])
        #expect(chart.bars.first?.count == 3 && chart.bars.last?.count == 2)
    }

    @Test func `doors that opened long before the first arrival do not press the arrivals together`() {
        let late = Sample.at(15)
        let chart = chart([(late, 3), (late.adding(seconds: 1_800), 4)], now: late.adding(seconds: 2_000))
        #expect(chart.bars.first?.began == late && chart.bars.first?.count == 3)
        #expect(chart.bars.count == 12)
        let empty = self.chart([], now: late)
        #expect(empty.bars.first?.began == Sample.at(12))
    }

    @Test func `a scan of the day before is told in words, and the arrivals keep their room`() {
        let chart = chart([(Sample.at(9).adding(seconds: -3 * 86_400), 2), (Sample.at(9), 5)])
        #expect(chart.bars.count <= ArrivalsChart.barLimit)
        #expect(chart.bars.map(\.count).reduce(0, +) == 5)
        #expect(chart.summary.contains("2 came"))
    }

    @Test(arguments: [(0, 2), (1, 2), (2, 2), (3, 4), (5, 10), (11, 20), (37, 40), (401, 1_000)])
    func `the scale ends at a round number that nobody is above`(most: Int, top: Int) {
        #expect(chart([(Sample.at(9), most)]).top == top)
    }
}
