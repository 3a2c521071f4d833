import Synchronization

/// Instruments of one name that differ in the values of their labels.
///
///     requests["/e/{event}", "GET", "200"].add()
///
/// A look-up takes a short lock; what is counted very often keeps the instrument it got.
public final class Family<Instrument: Sendable>: Sendable {
    /// Past it all new combinations of values share one instrument, whose labels say `other`: a label that grows
    /// without bound would eat the memory of whoever collects.
    public static var maximumInstruments: Int { 1_000 }

    private let labels: [String]
    private let make: @Sendable () -> Instrument
    private let instruments = Mutex<[[String]: Instrument]>([:])

    init(labels: [String], make: @escaping @Sendable () -> Instrument) {
        self.labels = labels
        self.make = make
    }

    /// The instrument with these values, in the order in which the family's labels were named; made when first
    /// asked for.
    ///
    /// - Precondition: there are as many values as labels.
    public subscript(values: String...) -> Instrument {
        precondition(values.count == labels.count, "Labels are \(labels), values \(values)")
        return instruments.withLock { instruments in
            if let known = instruments[values] { return known }
            let isFull = instruments.count >= Family.maximumInstruments
            let key = isFull ? labels.map { _ in "other" } : values
            if let known = instruments[key] { return known }
            let new = make()
            instruments[key] = new
            return new
        }
    }

    /// All of them with their labels, in a steady order.
    var all: [(labels: [(name: String, value: String)], instrument: Instrument)] {
        let copy = instruments.withLock { $0 }
        return copy.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { values, instrument in
            (zip(labels, values).map { (name: $0, value: $1) }, instrument)
        }
    }
}
