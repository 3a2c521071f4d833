/// One of those whom a client registers, cancels and registers again.
struct Person: Hashable, Sendable {
    let client: Int
    let number: Int
}

/// What a client of the model check does next.
enum Operation: Sendable {
    case register(NewRegistration)
    case change(Person, sessions: [String]?, waits: Bool, swaps: Bool?)
    /// Keeps what was last answered to be theirs, and takes or waits for one more, whatever it overlaps with.
    case add(Person, session: String, swaps: Bool)
    /// One of what they were last answered to wait for, which goes through while lists are held.
    case give(Person, choice: Int)
    case correct(Person, name: String)
    case cancel(Person)
    case erase(Person)
    case hold(Bool)
    /// Without a session, the event's own.
    case setCapacity(session: String?, Int, isForced: Bool)
}

struct NewRegistration: Sendable {
    var person: Person
    var address: String
    var sessions: [String]
    var waits: Bool
    var swaps: Bool
    var isByStaff: Bool
    /// Its idempotency key.
    var key: String
    /// Sent twice at once, on two connections.
    var isRepeated: Bool
}

/// The operations of one client, one after the other: the same for the same seed, whatever they are answered.
struct Operations {
    static let clients = 24
    /// How many people each client has.
    private static let people = 8

    private let client: Int
    private var random: SeededGenerator
    private var registrations = 0

    init(seed: UInt64, client: Int) {
        self.client = client
        random = SeededGenerator(seed: seed &* 1_000 &+ UInt64(client))
    }

    mutating func next() -> Operation {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25: .register(registration())
        case 25..<40: change()
        case 40..<72: .add(somebody(), session: session().slug, swaps: random.chance(60))
        case 72..<80: .give(somebody(), choice: Int.random(in: 0..<12, using: &random))
        case 80..<83: .correct(somebody(), name: "Name \(Int.random(in: 0..<1_000, using: &random))")
        case 83..<92: .cancel(somebody())
        case 92..<95: .erase(somebody())
        case 95: .hold(random.chance(40))
        case 96:
            .setCapacity(
                session: nil, Int.random(in: 60...125, using: &random), isForced: random.chance(60))
        default:
            .setCapacity(
                session: session().slug, Int.random(in: 1...30, using: &random),
                isForced: random.chance(60))
        }
    }

    /// Whoever is registered already is refused, which is as it should be.
    private mutating func registration() -> NewRegistration {
        registrations += 1
        let person = Person(client: client, number: Int.random(in: 0..<Operations.people, using: &random))
        // Some addresses are everybody's, so that only one of those who send them at once is registered.
        let address =
            random.chance(15)
            ? "shared\(Int.random(in: 0..<10, using: &random))" : "p\(client)-\(person.number)"
        return NewRegistration(
            person: person, address: address + "@example.org", sessions: wish(), waits: random.chance(70),
            swaps: random.chance(50), isByStaff: random.chance(40), key: "\(client)-\(registrations)",
            isRepeated: random.chance(20))
    }

    private mutating func change() -> Operation {
        let swaps: Bool? = random.chance(40) ? random.chance(70) : nil
        return .change(
            somebody(), sessions: swaps != nil && random.chance(20) ? nil : wish(), waits: random.chance(75),
            swaps: swaps)
    }

    /// Mostly what goes together, and now and then one more, which is for whoever waits.
    private mutating func wish() -> [String] {
        var wished: [ReferenceModel.Session] = []
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let one = session()
            if !wished.contains(where: { $0.overlaps(one) }) || random.chance(25) { wished.append(one) }
        }
        return wished.map(\.slug)
    }

    private mutating func session() -> ReferenceModel.Session {
        ModelDay.sessions[Int.random(in: 0..<ModelDay.sessions.count, using: &random)]
    }

    /// Everybody changes everybody, so that two may change the same person at once.
    private mutating func somebody() -> Person {
        Person(
            client: Int.random(in: 0..<Operations.clients, using: &random),
            number: Int.random(in: 0..<Operations.people, using: &random))
    }
}
