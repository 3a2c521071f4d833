import Metrics
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ExpositionTests {
    let exposition = Exposition()

    func line(_ start: String) -> String? {
        exposition.render().split(separator: "\n").first { $0.hasPrefix(start) }.map(String.init)
    }

    @Test func `counters and gauges are written with their help and type`() {
        let scans = exposition.counters("lanyard_scans_total", "Scans answered.", labels: ["verdict"])
        let waiting = exposition.gauges(
            "lanyard_waiting", "Writes that wait\nin \\ line.", labels: ["for"])
        exposition.gauge("lanyard_half", "Read when asked for.") { 0.5 }
        scans["admit"].add()
        scans["admit"].add(41)
        waiting["disk"].set(5)
        waiting["disk"].set(-2)
        #expect(
            exposition.render() == """
                # HELP lanyard_scans_total Scans answered.
                # TYPE lanyard_scans_total counter
                lanyard_scans_total{verdict="admit"} 42
                # HELP lanyard_waiting Writes that wait\\nin \\\\ line.
                # TYPE lanyard_waiting gauge
                lanyard_waiting{for="disk"} -2
                # HELP lanyard_half Read when asked for.
                # TYPE lanyard_half gauge
                lanyard_half 0.5

                """)
    }

    @Test func `labels are escaped and come in a steady order`() {
        let scans = exposition.counters("scans_total", "Scans.", labels: ["point", "verdict"])
        scans["b", "admit"].add(2)
        scans["a\"\\\n🎫", "deny"].add()
        scans["b", "admit"].add()
        #expect(
            exposition.render().hasSuffix(
                """
                scans_total{point="a\\"\\\\\\n🎫",verdict="deny"} 1
                scans_total{point="b",verdict="admit"} 3

                """))
    }

    @Test func `a value on the bound of a bucket is in it, and each bucket holds all below it`() {
        let sizes = exposition.histogram("batch", "Writes a commit.", bounds: [1, 2.5, 64])
        for value in [0, 1, 1.1, 2.5, 64, 64.1, .infinity, .nan] { sizes.observe(value) }
        let lines = exposition.render().split(separator: "\n").dropFirst(2)
        #expect(
            Array(lines) == [
                "batch_bucket{le=\"1\"} 2", "batch_bucket{le=\"2.5\"} 4", "batch_bucket{le=\"64\"} 5",
                "batch_bucket{le=\"+Inf\"} 7", "batch_sum +Inf", "batch_count 7",
            ])
    }

    @Test func `numbers are written as Prometheus reads them`() {
        let values: [(Double, String)] = [
            (0, "0"), (-0.0, "0"), (1e-5, "1e-05"), (1e21, "1e+21"), (.nan, "NaN"), (-.infinity, "-Inf"),
            (12_345_678_901, "12345678901"), (0.1, "0.1"),
        ]
        for (index, (value, _)) in values.enumerated() {
            exposition.gauge("number_\(index)", "A number.") { value }
        }
        for (index, (_, text)) in values.enumerated() {
            #expect(line("number_\(index) ") == "number_\(index) \(text)")
        }
    }

    @Test func `a thousand combinations of labels are kept apart and the rest is counted together`() {
        let counters = exposition.counters("hits_total", "Hits.", labels: ["route"])
        for number in 0..<1_010 { counters[String(number)].add() }
        #expect(line("hits_total{route=\"999\"}") == "hits_total{route=\"999\"} 1")
        #expect(line("hits_total{route=\"1000\"}") == nil)
        #expect(line("hits_total{route=\"other\"}") == "hits_total{route=\"other\"} 10")
    }

    @Test func `nothing is lost when many count at once`() async {
        let family = exposition.counters("some_total", "Some.", labels: ["who"])
        let histogram = exposition.histogram("size", "Size.", bounds: [0.5])
        await withTaskGroup { group in
            for who in 0..<8 {
                group.addTask {
                    for _ in 0..<10_000 {
                        family[String(who % 2)].add()
                        histogram.observe(1)
                    }
                }
            }
            group.addTask { for _ in 0..<50 { _ = exposition.render() } }
        }
        #expect(line("some_total{who=\"1\"}") == "some_total{who=\"1\"} 40000")
        #expect(line("size_sum") == "size_sum 80000")
        #expect(line("size_count") == "size_count 80000")
    }
}
