import FoundationEssentials
import Registration
import Synchronization
import TestPeers
import Testing

@testable import Operations
@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct MaterialTests {
    /// Bytes that arrive in pieces of some size.
    private final class Sender: Sendable {
        private let left: Mutex<ArraySlice<UInt8>>
        private let pieceBytes: Int
        private let breaksOff: Bool

        init(_ bytes: [UInt8], by pieceBytes: Int = 100_003, breaksOff: Bool = false) {
            left = Mutex(bytes[...])
            self.pieceBytes = pieceBytes
            self.breaksOff = breaksOff
        }

        @Sendable func next() throws -> [UInt8]? {
            let piece = left.withLock { left in
                defer { left = left.dropFirst(pieceBytes) }
                return Array(left.prefix(pieceBytes))
            }
            if piece.isEmpty, breaksOff { throw BrokenOff() }
            return piece.isEmpty ? nil : piece
        }
    }

    private struct BrokenOff: Error {}

    private static func body(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 4) }
    }

    private func add(
        _ bytes: [UInt8], to house: House, as name: String = "slides.pdf", session: String = "first"
    ) async throws -> AddMaterialOutcome {
        try await house.front.addFile(
            event: "day", session: session, name: name, from: Sender(bytes).next)
    }

    private func added(
        _ bytes: [UInt8], to house: House, as name: String = "slides.pdf"
    ) async throws -> Material {
        guard case .added(let material) = try await add(bytes, to: house, as: name) else {
            throw CocoaError(.featureUnsupported)
        }
        return material
    }

    private func read(_ material: Material, from house: House) async throws -> [UInt8] {
        let bytes = Mutex<[UInt8]>([])
        try await house.front.readFile(material) { piece in bytes.withLock { $0 += piece } }
        return bytes.withLock { $0 }
    }

    private func names(_ house: House, session: String = "first") async throws -> [String] {
        let found = try #require(try await house.front.materials(event: "day"))
        return found.sessions.first { $0.session.slug == session }?.materials.map(\.name) ?? []
    }

    /// How many pieces of files there are, shown or not.
    private func pieces(_ house: House) async throws -> Int {
        try await house.front.store.read { snapshot in
            try snapshot.connection.first("SELECT count(*) FROM material_chunk") { $0.count(0) } ?? 0
        }
    }

    @Test(arguments: [1, MaterialChunk.bytes - 1, MaterialChunk.bytes, 3 * MaterialChunk.bytes + 1])
    func `a file comes back as it was sent`(count: Int) async throws {
        let house = try await House()
        try await house.importDay()
        let file = try await added(Self.body(count), to: house)
        #expect(file.content == .file(bytes: count))
        #expect(try await read(file, from: house) == Self.body(count))
        #expect(try await pieces(house) == (count + MaterialChunk.bytes - 1) / MaterialChunk.bytes)
        #expect(try await house.front.materials(event: "day")?.bytes == count)
        #expect(try await house.front.material(event: "day", file.id) == file)
    }

    @Test func `a file of 50 MiB is taken and one byte more is not, of which nothing is kept`() async throws {
        let house = try await House()
        try await house.importDay()
        let left = Atomic<Int>(0)
        let send: @Sendable () -> [UInt8]? = {
            let count = min(left.load(ordering: .relaxed), 1 << 20)
            left.subtract(count, ordering: .relaxed)
            return count == 0 ? nil : [UInt8](repeating: 1, count: count)
        }
        left.store(Material.fileBytesLimit + 1, ordering: .relaxed)
        let past = try await house.front.addFile(event: "day", session: "first", name: "a", from: send)
        guard case .refused(.fileTooLarge) = past else { return #expect(Bool(false), "\(past)") }
        #expect(try await pieces(house) == 0)
        left.store(50 << 20, ordering: .relaxed)
        let at = try await house.front.addFile(event: "day", session: "first", name: "a", from: send)
        guard case .added(let file) = at else { return #expect(Bool(false), "\(at)") }
        #expect(file.content == .file(bytes: 50 << 20))
    }

    @Test func `an event's files may come to so much and no more`() async throws {
        let house = try await House()
        try await house.importDay()
        _ = try await added([1, 2, 3], to: house)
        try await house.front.store.write { transaction in
            try transaction.connection.execute(
                "UPDATE material SET bytes = \(Material.eventBytesLimit - 10)")
        }
        let past = try await add(Self.body(11), to: house, as: "b.pdf")
        guard case .refused(.eventFull) = past else { return #expect(Bool(false), "\(past)") }
        #expect(try await pieces(house) == 1)
        _ = try await added(Self.body(10), to: house, as: "b.pdf")
    }

    @Test func `a session takes 20 files and links, and then only what takes another's place`() async throws {
        let house = try await House()
        try await house.importDay()
        for number in 1..<Material.sessionLimit {
            let outcome = try await house.front.addLink(
                event: "day", session: "first", name: "\(number)", address: "https://example.org")
            guard case .added = outcome else { return #expect(Bool(false), "\(outcome)") }
        }
        _ = try await added([1], to: house)
        for outcome in [
            try await add([2], to: house, as: "more.pdf"),
            try await house.front.addLink(
                event: "day", session: "first", name: "x", address: "https://example.org"),
        ] {
            guard case .refused(.sessionFull) = outcome else { return #expect(Bool(false), "\(outcome)") }
        }
        let newer = try await added([3, 3], to: house)
        #expect(try await read(newer, from: house) == [3, 3])
        #expect(try await names(house).count == Material.sessionLimit)
        #expect(try await pieces(house) == 1)
        let other = try await add([4], to: house, session: "second")
        guard case .added = other else { return #expect(Bool(false), "\(other)") }
    }

    @Test func `what breaks off leaves nothing, and what was there under its name stays`() async throws {
        let house = try await House()
        try await house.importDay()
        let file = try await added([1, 2, 3], to: house)
        let sender = Sender(Self.body(2 * MaterialChunk.bytes), breaksOff: true)
        await #expect(throws: BrokenOff.self) {
            _ = try await house.front.addFile(
                event: "day", session: "first", name: "slides.pdf", from: sender.next)
        }
        #expect(try await pieces(house) == 1)
        #expect(try await read(file, from: house) == [1, 2, 3])
    }

    @Test func `what a crash left half here goes with the next file, once it can't be on its way any more`()
        async throws
    {
        let house = try await House()
        let event = try await house.importDay()
        try await house.front.store.write { [now = house.clock.now] transaction in
            let session = try #require(try transaction.sessions(of: event.id).first).id
            let id = try transaction.beginFile("a", session: session, event: event.id, at: now)
            try transaction.add([1], number: 0, to: id, at: now)
        }
        house.clock.advance(seconds: FrontOfHouse.leftoverSeconds)
        _ = try await added([2], to: house)
        #expect(try await pieces(house) == 2)
        house.clock.advance(seconds: 1)
        _ = try await added([3], to: house, as: "b.pdf")
        #expect(try await pieces(house) == 2)
        #expect(try await names(house) == ["slides.pdf", "b.pdf"])
    }

    @Test func `what is no file or link of a session is refused in words`() async throws {
        let house = try await House()
        try await house.importDay()
        let refusals: [(AddMaterialOutcome, MaterialRefusal)] = [
            (try await add([], to: house), .emptyFile),
            (try await add([1], to: house, as: ".."), .problem(.nameMissing)),
            (try await add([1], to: house, session: "none"), .unknownSession),
            (
                try await house.front.addFile(
                    event: "none", session: "first", name: "a", from: Sender([1]).next),
                .unknownSession
            ),
            (
                try await house.front.addLink(event: "day", session: "first", name: " ", address: "x"),
                .problem(.nameMissing)
            ),
            (
                try await house.front.addLink(event: "day", session: "first", name: "a", address: "x"),
                .problem(.notAnAddress)
            ),
        ]
        for (outcome, expected) in refusals {
            guard case .refused(let refusal) = outcome else { return #expect(Bool(false), "\(outcome)") }
            #expect(refusal == expected && !refusal.sentence.isEmpty)
        }
        #expect(try await pieces(house) == 0)
        #expect(try await names(house).isEmpty)
    }

    @Test func `what is removed is gone, for whoever is just reading it too`() async throws {
        let house = try await House()
        try await house.importDay()
        let file = try await added(Self.body(2 * MaterialChunk.bytes), to: house)
        guard
            case .added(let link) = try await house.front.addLink(
                event: "day", session: "first", name: "Talk", address: "https://example.org")
        else { return #expect(Bool(false)) }
        try await house.importDay(slug: "other")
        let elsewhere = try await house.front.removeMaterial(event: "other", file.id)
        guard case .unknownMaterial = elsewhere else { return #expect(Bool(false), "\(elsewhere)") }
        await #expect(throws: MaterialGone.self) {
            try await house.front.readFile(file) { _ in
                _ = try await house.front.removeMaterial(event: "day", file.id)
            }
        }
        guard case .removed(link) = try await house.front.removeMaterial(event: "day", link.id),
            case .unknownMaterial = try await house.front.removeMaterial(event: "day", link.id)
        else { return #expect(Bool(false)) }
        #expect(try await names(house).isEmpty)
        #expect(try await pieces(house) == 0)
        let records = try await house.front.activity(event: "day", since: 1, limit: 10) ?? []
        #expect(
            records.map(\.kind) == [.materialAdded, .materialAdded, .materialRemoved, .materialRemoved])
        #expect(records.map(\.detail).allSatisfy { !$0.contains("slides") && !$0.contains("Talk") })
    }

    @Test func `a session with materials can't be left out of the event`() async throws {
        let house = try await House()
        try await house.importDay()
        let file = try await added([1], to: house)
        let (event, sessions) = Day.plan(slug: "day", capacity: 100, workshop: 10)
        let without = sessions.filter { $0.slug != "first" }
        let kept = try await house.front.importEvent(event, sessions: without)
        guard case .refused([.sessionInUse(slug: "first")]) = kept else {
            return #expect(Bool(false), "\(kept)")
        }
        _ = try await house.front.removeMaterial(event: "day", file.id)
        guard case .changed = try await house.front.importEvent(event, sessions: without) else {
            return #expect(Bool(false))
        }
    }

    @Test(.smallDisk(kibibytes: 4_096))
    func `on a disk without room a file fails as a whole, and what was kept stays`() async throws {
        let disk = try SmallDisk.path
        let clock = HandClock()
        let front = try await FrontOfHouse(
            database: disk + "/lanyard.db", creates: true,
            settings: FrontOfHouse.Settings(publicURL: "https://events.example.org"),
            clock: { clock.now }, onFault: { _ in })
        defer { front.close() }
        let (event, sessions) = Day.plan(slug: "day", capacity: 10, workshop: 1)
        _ = try await front.importEvent(event, sessions: sessions)
        let kept = try await front.addFile(
            event: "day", session: "first", name: "small.pdf", from: Sender([1, 2, 3]).next)
        guard case .added(let small) = kept else { return #expect(Bool(false), "\(kept)") }
        let fault = await #expect(throws: StorageFault.self) {
            _ = try await front.addFile(
                event: "day", session: "first", name: "large.pdf", from: Sender(Self.body(8 << 20)).next)
        }
        #expect(fault?.isDiskFull == true)
        let found = try #require(try await front.materials(event: "day"))
        #expect(found.sessions.flatMap(\.materials) == [small])
        #expect(try await front.store.read { try $0.breaches(at: Day.hour(0)) }.isEmpty)
    }

    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (1_023, "1023 bytes"), (1_024, "1 KiB"), (870_000, "850 KiB"),
        (1_048_575, "1 MiB"), (1_048_576, "1 MiB"), (2_400_009, "2.3 MiB"), (50 << 20, "50 MiB"),
        (2 << 30, "2 GiB"),
    ])
    func `sizes are told as people read them`(bytes: Int, words: String) {
        #expect(bytes.inBytes == words)
    }
}
