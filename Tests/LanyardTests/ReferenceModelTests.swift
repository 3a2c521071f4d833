import FoundationEssentials
import Testing

/// The model that everything else is held against must itself find what is wrong in a record. In the event of these
/// tests each workshop has one place; `a` and `b` overlap, `d` is later.
@Suite(.timeLimit(.minutes(1)))
struct ReferenceModelTests {
    /// What the model says of a record that begins with an import; `Ada2` has the address of `Ada`.
    private func breaches(capacity: Int = 3, _ records: [(kind: String, detail: String)]) throws -> [String] {
        let capacities = #"{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1}"#
        let all =
            [("imported", #"{"sessions":8,"capacity":\#(capacity),"capacities":\#(capacities)}"#)] + records
        let requests = ["Ada", "Bob", "Eve", "Dan", "Ada2"].map {
            ($0, ReferenceModel.Request(address: String($0.prefix(3)), isByStaff: false))
        }
        var model = ReferenceModel(
            sessions: ModelDay.sessions, requests: Dictionary(uniqueKeysWithValues: requests))
        for (index, record) in all.enumerated() {
            let number = record.0 == "gap" ? index + 2 : index + 1
            let kind = record.0 == "gap" ? "lists-released" : record.0
            let json = #"{"number":\#(number),"at":"2024-01-01","kind":"\#(kind)","detail":\#(record.1)}"#
            model.replay(try JSONDecoder().decode(Activity.self, from: Data(json.utf8)))
        }
        model.settle()
        return model.breaches
    }

    private typealias Record = (kind: String, detail: String)

    private func registers(
        _ who: String, _ sessions: [String] = [], waits: [String] = [], swaps: Bool = false
    )
        -> Record
    {
        (
            "registered",
            #"{"reference":"\#(who)","sessions":\#(sessions.json),"waiting":\#(waits.json),"swap":\#(swaps)}"#
        )
    }

    private func waitsForEvent(_ who: String, _ sessions: [String] = []) -> Record {
        (
            "registered",
            #"{"reference":"\#(who)","status":"waiting","sessions":[],"waiting":\#(sessions.json),"swap":false}"#
        )
    }

    private func cancels(_ who: String) -> Record { ("cancelled", #"{"reference":"\#(who)"}"#) }

    private func erases(_ who: String) -> Record { ("erased", #"{"reference":"\#(who)"}"#) }

    private func promotes(_ who: String, _ session: String, released: [String] = []) -> Record {
        (
            "promoted",
            #"{"reference":"\#(who)","session":"\#(session)","released":\#(released.json)}"#
        )
    }

    private func comesIn(_ who: String) -> Record { ("promoted", #"{"reference":"\#(who)"}"#) }

    private func isGiven(_ who: String, _ session: String, released: [String] = []) -> Record {
        let detail =
            #"{"reference":"\#(who)","session":"\#(session)","released":\#(released.json),"by_hand":true}"#
        return ("promoted", detail)
    }

    private func isLetIn(_ who: String) -> Record {
        ("promoted", #"{"reference":"\#(who)","by_hand":true}"#)
    }

    /// The event's own capacity.
    private func isFor(_ capacity: Int) -> Record { ("capacity-changed", #"{"capacity":\#(capacity)}"#) }

    private func changes(_ who: String, gains: [String] = [], waits: [String] = [], gives: [String] = [])
        -> Record
    {
        (
            "changed",
            """
            {"reference":"\(who)","gained":\(gains.json),"waiting":\(waits.json),"released":\(gives.json)}
            """
        )
    }

    @Test func `a record that keeps the rules passes`() throws {
        #expect(
            try breaches(
                capacity: 2,
                [
                    registers("Ada", ["a"]), registers("Bob", ["b"]), waitsForEvent("Eve", ["a"]),
                    waitsForEvent("Dan"), ("changed", #"{"reference":"Bob","waiting":["a"],"swap":true}"#),
                    cancels("Ada"), comesIn("Eve"), promotes("Eve", "a"),
                    ("capacity-changed", #"{"session":"a","capacity":2}"#),
                    promotes("Bob", "a", released: ["b"]),
                    ("lists-held", "{}"), cancels("Bob"), ("lists-released", "{}"), comesIn("Dan"),
                    erases("Bob"),
                ]) == [])
    }

    @Test func `an event for fewer lets nobody in until fewer are in, and a larger one lets them in`()
        throws
    {
        #expect(
            try breaches(
                capacity: 2,
                [
                    registers("Ada"), registers("Bob"), isFor(1), waitsForEvent("Eve"), waitsForEvent("Dan"),
                    cancels("Bob"), cancels("Ada"), comesIn("Eve"), isFor(2), comesIn("Dan"),
                ]) == [])
    }

    @Test func `what staff give while lists are held goes to whom they like`() throws {
        #expect(
            try breaches(
                capacity: 3,
                [
                    registers("Ada", ["a"]), registers("Bob", waits: ["a"]),
                    registers("Eve", ["b"], waits: ["a"], swaps: true), ("lists-held", "{}"), cancels("Ada"),
                    waitsForEvent("Ada2"), waitsForEvent("Dan"), isLetIn("Dan"),
                    isGiven("Eve", "a", released: ["b"]), cancels("Eve"), ("lists-released", "{}"),
                    comesIn("Ada2"), promotes("Bob", "a"),
                ]) == [])
    }

    @Test(arguments: [
        // The second who waits is promoted, or somebody who clashes and did not say “swap”, or while lists are held.
        ("promoted out of order", "Dan is promoted to a before Bob"),
        ("not promoted", "a has a place for Bob, who waits"),
        ("passed over wrongly", "Eve is promoted to a before Bob"),
        ("promoted into a clash", "Eve has b and a"),
        ("swapped without consent", "Eve is promoted to a and can't take it"),
        ("promoted while held", "Bob is promoted while lists are held"),
        ("given while lists go on", "Bob is given a place while lists go on"),
        ("given to who does not wait", "Eve is promoted to a and did not wait for it"),
        ("given what is taken", "Bob gets place 2 of a"),
        ("given into a clash", "Eve is promoted to a and can't take it"),
        ("let in while lists go on", "Dan is given a place while lists go on"),
        ("let into a full event", "Dan is promoted into a full event"),
        ("let in twice", "Dan comes into the event and did not wait for it"),
        ("kept place taken", "a place of a was kept for others"),
        ("overlap", "Ada has a and b"),
        ("overlap by a change", "Ada has a and b"),
        ("gap", "followed by 3"),
        ("oversold session", "Bob gets place 2 of a"),
        ("oversold after a lower capacity", "Bob gets place 2 of a"),
        ("oversold event", "Dan comes into a full event"),
        ("oversold after a lower event", "Dan comes into a full event"),
        ("promoted into a lower event", "Dan is promoted into a full event"),
        ("not let into a larger event", "the event has a place for Dan, who waits"),
        ("imported below", "the event has 3 and is imported with 1"),
        ("event out of order", "Dan comes into the event before others"),
        ("event place not given", "the event has a place for Dan, who waits"),
        ("same address", "Ada2 has the address of Ada"),
        ("erased without being cancelled", "Ada can't be erased"),
        ("erased twice", "Ada can't be erased"),
        ("answered twice", "Ada is registered twice"),
    ])
    func `a record in which a guard was broken is found`(broken: String, finding: String) throws {
        let found = try breaches(record(broken))
        #expect(found.contains { $0.hasSuffix(finding) }, "\(broken): \(found)")
    }

    private func record(_ broken: String) -> [Record] {
        let aIsWaitedFor = [registers("Ada", ["a"]), registers("Bob", waits: ["a"]), registers("Eve", ["b"])]
        let eventIsFull = [registers("Ada"), registers("Bob"), registers("Eve")]
        return switch broken {
        case "promoted out of order":
            [registers("Ada", ["a"]), registers("Bob", waits: ["a"]), registers("Dan", waits: ["a"])]
                + [cancels("Ada"), promotes("Dan", "a")]
        case "not promoted": aIsWaitedFor + [cancels("Ada")]
        case "passed over wrongly":
            aIsWaitedFor + [changes("Eve", waits: ["a"], gives: ["b"]), cancels("Ada"), promotes("Eve", "a")]
        case "promoted into a clash":
            aIsWaitedFor + [
                changes("Eve", waits: ["a"]), cancels("Bob"), cancels("Ada"), promotes("Eve", "a"),
            ]
        case "swapped without consent":
            aIsWaitedFor + [changes("Eve", waits: ["a"]), cancels("Bob"), cancels("Ada")]
                + [promotes("Eve", "a", released: ["b"])]
        case "promoted while held":
            aIsWaitedFor + [("lists-held", "{}"), cancels("Ada"), promotes("Bob", "a")]
        case "given while lists go on": aIsWaitedFor + [cancels("Ada"), isGiven("Bob", "a")]
        case "given to who does not wait":
            aIsWaitedFor + [("lists-held", "{}"), cancels("Ada"), isGiven("Eve", "a")]
        case "given what is taken": aIsWaitedFor + [("lists-held", "{}"), isGiven("Bob", "a")]
        case "given into a clash":
            aIsWaitedFor + [changes("Eve", waits: ["a"]), ("lists-held", "{}"), cancels("Ada")]
                + [isGiven("Eve", "a", released: ["b"])]
        case "let in while lists go on": eventIsFull + [waitsForEvent("Dan"), cancels("Bob"), isLetIn("Dan")]
        case "let into a full event":
            eventIsFull + [waitsForEvent("Dan"), ("lists-held", "{}"), isLetIn("Dan")]
        case "let in twice":
            eventIsFull + [waitsForEvent("Dan"), ("lists-held", "{}"), cancels("Bob"), cancels("Eve")]
                + [isLetIn("Dan"), isLetIn("Dan")]
        case "kept place taken":
            [registers("Ada", ["a"]), registers("Bob", waits: ["a"]), ("lists-held", "{}"), cancels("Ada")]
                + [registers("Eve", ["a"])]
        case "overlap": [registers("Ada", ["a", "b"])]
        case "overlap by a change": [registers("Ada", ["a"]), changes("Ada", gains: ["b"])]
        case "gap": [("gap", "{}")]
        case "oversold session": [registers("Ada", ["a"]), registers("Bob", ["a"])]
        case "oversold after a lower capacity":
            [("capacity-changed", #"{"session":"a","capacity":2}"#), registers("Ada", ["a"])]
                + [("capacity-changed", #"{"session":"a","capacity":1}"#), registers("Bob", ["a"])]
        case "oversold event": eventIsFull + [registers("Dan")]
        case "oversold after a lower event":
            [registers("Ada"), registers("Bob"), isFor(1), cancels("Ada"), registers("Dan")]
        case "promoted into a lower event":
            eventIsFull + [waitsForEvent("Dan"), isFor(2), cancels("Bob"), comesIn("Dan")]
        case "not let into a larger event": eventIsFull + [waitsForEvent("Dan"), isFor(4)]
        case "imported below": eventIsFull + [("imported", #"{"sessions":8,"capacity":1}"#)]
        case "event out of order":
            eventIsFull + [waitsForEvent("Ada2"), waitsForEvent("Dan"), cancels("Bob"), comesIn("Dan")]
        case "event place not given": eventIsFull + [waitsForEvent("Dan"), cancels("Bob")]
        case "erased without being cancelled": [registers("Ada"), erases("Ada")]
        case "erased twice": [registers("Ada"), cancels("Ada"), erases("Ada"), erases("Ada")]
        case "same address": [registers("Ada"), registers("Ada2")]
        default: [registers("Ada"), registers("Ada")]
        }
    }
}
