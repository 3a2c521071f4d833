import Synchronization

/// All that the clients of the model check were answered.
final class ModelAnswers: Sendable {
    struct Registration: Sendable {
        var new: NewRegistration
        var body: String
    }

    struct State: Sendable {
        var references: [Person: String] = [:]
        var registrations: [String: Registration] = [:]
        var told: [String: Standing] = [:]
        var changes: [String: [Standing]] = [:]
        /// What somebody had when last answered, and waited for: nil is the event itself.
        var confirmed: [String: [String]] = [:]
        var waits: [String: [String?]] = [:]
        /// Who may have been erased.
        var erased: Set<String> = []
        /// What should never have been answered.
        var mistakes: [String] = []
    }

    private let state = Mutex(State())

    var all: State { state.withLock { $0 } }

    func reference(of person: Person) -> String? { state.withLock { $0.references[person] } }

    func confirmed(_ reference: String) -> [String] { state.withLock { $0.confirmed[reference] ?? [] } }

    func waits(_ reference: String) -> [String?] { state.withLock { $0.waits[reference] ?? [] } }

    func note(_ new: NewRegistration, _ answer: Answer) throws {
        note("a registration", answer, expecting: [201, 409, 422])
        guard answer.status == 201 else { return }
        let standing = try answer.decoded(as: Standing.self).sorted
        state.withLock {
            $0.references[new.person] = standing.reference
            $0.told[standing.reference] = standing
            $0.confirmed[standing.reference] = standing.confirmed
            $0.waits[standing.reference] = standing.waits
            let known = $0.registrations.updateValue(
                Registration(new: new, body: answer.text), forKey: standing.reference)
            if let known, known.new.key != new.key || known.body != answer.text {
                $0.mistakes.append("rule 5: \(new.key) was answered \(known.body) and \(answer.text)")
            }
        }
    }

    func note(
        changeOf reference: String, _ answer: Answer, expecting expected: [Int] = [200, 409, 422]
    ) throws {
        note("a change", answer, to: reference, expecting: expected)
        guard answer.status == 200 else { return }
        let standing = try answer.decoded(as: Standing.self).sorted
        state.withLock {
            $0.changes[reference, default: []].append(standing)
            $0.confirmed[reference] = standing.confirmed
            $0.waits[reference] = standing.waits
        }
    }

    /// Called before the request is sent: from then on it may be carried out.
    func expectErased(_ reference: String) { state.withLock { _ = $0.erased.insert(reference) } }

    /// Whoever may have been erased may also not be there.
    func note(_ what: String, _ answer: Answer, to reference: String, expecting statuses: [Int]) {
        let isErased = state.withLock { $0.erased.contains(reference) }
        note(what, answer, expecting: statuses + (isErased ? [404] : []))
    }

    /// Refused is only what is below the number that is told, and only where it is not forced.
    func note(capacity: Int, isForced: Bool, _ answer: Answer) throws {
        struct Refusal: Decodable { var booked: Int }
        note("a capacity", answer, expecting: isForced ? [200] : [200, 409])
        guard answer.status == 409, try answer.decoded(as: Refusal.self).booked <= capacity else { return }
        state.withLock { $0.mistakes.append("a capacity of \(capacity) was refused: \(answer.text)") }
    }

    func note(_ what: String, _ answer: Answer, expecting statuses: [Int]) {
        guard !statuses.contains(answer.status) else { return }
        state.withLock { $0.mistakes.append("\(what) was answered \(answer.status): \(answer.text)") }
    }
}
