import Synchronization

/// Everything that is measured, as Prometheus reads it (text exposition format 0.0.4).
///
/// Instruments are made once at start and kept by whoever counts.
public final class Exposition: Sendable {
    /// The `Content-Type` of what `render` gives.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private struct Metric: Sendable {
        var name: String
        var help: String
        var type: String
        var samples: @Sendable () -> [Sample]
    }

    private let metrics = Mutex<[Metric]>([])

    public init() {}

    /// - Precondition: this and the following: the name is one that Prometheus takes and is not used yet.
    public func counters(_ name: String, _ help: String, labels: [String]) -> Family<Counter> {
        let family = Family(labels: Exposition.checked(labels)) { Counter() }
        add(name, help, "counter") {
            family.all.map { Sample(name, $0.labels, Double($0.instrument.value)) }
        }
        return family
    }

    /// A gauge that is read when it is asked for; `read` is called at each rendering and must be quick.
    public func gauge(_ name: String, _ help: String, read: @escaping @Sendable () -> Double) {
        add(name, help, "gauge") { [Sample(name, [], read())] }
    }

    public func gauges(_ name: String, _ help: String, labels: [String]) -> Family<Gauge> {
        let family = Family(labels: Exposition.checked(labels)) { Gauge() }
        add(name, help, "gauge") { family.all.map { Sample(name, $0.labels, Double($0.instrument.value)) } }
        return family
    }

    public func histogram(
        _ name: String, _ help: String, bounds: [Double] = Histogram.latencySeconds
    ) -> Histogram {
        let histogram = Histogram(bounds: bounds)
        add(name, help, "histogram") { Sample.all(of: histogram, name: name, labels: []) }
        return histogram
    }

    public func histograms(
        _ name: String, _ help: String, labels: [String], bounds: [Double] = Histogram.latencySeconds
    ) -> Family<Histogram> {
        let family = Family(labels: Exposition.checked(labels)) { Histogram(bounds: bounds) }
        add(name, help, "histogram") {
            family.all.flatMap { Sample.all(of: $0.instrument, name: name, labels: $0.labels) }
        }
        return family
    }

    /// The text that a collector fetches. What changes meanwhile may or may not be in it.
    public func render() -> String {
        var text = ""
        for metric in metrics.withLock({ $0 }) {
            text += "# HELP \(metric.name) \(Sample.escaped(metric.help, quotes: false))\n"
            text += "# TYPE \(metric.name) \(metric.type)\n"
            for sample in metric.samples() { sample.write(to: &text) }
        }
        return text
    }

    private func add(
        _ name: String, _ help: String, _ type: String, _ samples: @escaping @Sendable () -> [Sample]
    ) {
        precondition(Exposition.isName(name, colons: true), "No metric can be called \(name)")
        metrics.withLock { metrics in
            precondition(!metrics.contains { $0.name == name }, "Two metrics are called \(name)")
            metrics.append(Metric(name: name, help: help, type: type, samples: samples))
        }
    }

    private static func checked(_ labels: [String]) -> [String] {
        for label in labels {
            precondition(
                isName(label, colons: false) && !label.hasPrefix("__") && label != "le",
                "No label can be called \(label)")
        }
        return labels
    }

    private static func isName(_ text: String, colons: Bool) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
                true
            default: colons && byte == UInt8(ascii: ":")
            }
        }
    }
}
