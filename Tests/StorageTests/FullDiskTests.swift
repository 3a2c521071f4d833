import FoundationEssentials
import Registration
import Synchronization
import TestPeers
import Testing

@testable import Storage

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct FullDiskTests {
    static let large = String(repeating: "x", count: 100_000)

    @Test func `what has no room fails alone, what is in the commit with it stays, and room helps`()
        async throws
    {
        let test = try await TestStore()
        try await test.store.write { transaction in
            let pages = try transaction.connection.first("PRAGMA page_count") { $0.integer(0) } ?? 0
            try transaction.connection.execute("PRAGMA max_page_count = \(pages + 40)")
        }
        let valve = try await test.holdWriter()
        let outcomes = Mutex<[Int: Result<Void, any Error>]>([:])
        for number in 0..<9 {
            test.store.write({ transaction in
                try transaction.note("\(number)", number == 4 ? FullDiskTests.large : "")
            }) { outcome in outcomes.withLock { $0[number] = outcome } }
        }
        valve.open()
        try await test.store.write { _ in }
        for (number, outcome) in outcomes.withLock({ $0 }) {
            if number == 4 {
                let fault = #expect(throws: StorageFault.self) { try outcome.get() }
                #expect(fault?.isDiskFull == true)
            } else {
                #expect(throws: Never.self) { try outcome.get() }
            }
        }
        #expect(try await test.names() == ["0", "1", "2", "3", "5", "6", "7", "8"])
        try await test.store.write { try $0.connection.execute("PRAGMA max_page_count = 1000000") }
        try await test.store.write { try $0.note("4", FullDiskTests.large) }
        #expect(try await test.names().count == 9)
        #expect(try await test.store.read { try $0.breaches(at: Sample.hour(3)) }.isEmpty)
    }

    @Test(.smallDisk(kibibytes: 1_024))
    func `a heartbeat fails on a disk without room`() async throws {
        let disk = try SmallDisk.path
        let store = try Store(path: disk + "/lanyard.db", creates: true) { _ in }
        defer { store.close() }
        try await store.write { try $0.beat(at: Timestamp(rawValue: 1_000)) }
        _ = try await Program.outcome(of: "cp", arguments: ["/dev/zero", disk + "/ballast"])
        let fault = await #expect(throws: StorageFault.self) {
            // The log's last page may have room for one more.
            for second: Int64 in 2...4 {
                try await store.write { try $0.beat(at: Timestamp(rawValue: second * 1_000)) }
            }
        }
        #expect(fault?.isDiskFull == true)
        try FileManager.default.removeItem(atPath: disk + "/ballast")
        try await store.write { try $0.beat(at: Timestamp(rawValue: 9_000)) }
    }

    @Test(.smallDisk(kibibytes: 1_024))
    func `a copy that has no room is a fault and leaves nothing behind`() async throws {
        let test = try await TestStore()
        for number in 0..<20 {
            try await test.store.write { try $0.note("\(number)", FullDiskTests.large) }
        }
        let disk = try SmallDisk.path
        let fault = await #expect(throws: StorageFault.self) {
            try await test.store.backUp(to: disk + "/copy.db")
        }
        #expect(fault?.isDiskFull == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk).isEmpty)
        #expect(try await test.names().count == 20)
    }

    @Test(.smallDisk(kibibytes: 2_048))
    func `on a disk that is full writes fail in words, nothing answered is lost, and room helps`()
        async throws
    {
        let disk = try SmallDisk.path
        try String(repeating: "-", count: 600_000)
            .write(toFile: disk + "/ballast", atomically: false, encoding: .utf8)
        let faults = Mutex<[any Error]>([])
        var answered: [String] = []
        do {
            let store = try Store(path: disk + "/lanyard.db", creates: true) { fault in
                faults.withLock { $0.append(fault) }
            }
            defer { store.close() }
            let fault = await #expect(throws: StorageFault.self) {
                for number in 100..<200 {
                    try await store.write { try $0.note("\(number)", FullDiskTests.large) }
                    answered.append("\(number)")
                }
            }
            #expect(fault?.isDiskFull == true)
            #expect(try await store.read { try $0.settingNames() } == answered)
            try FileManager.default.removeItem(atPath: disk + "/ballast")
            try await store.write { try $0.note("200") }
            answered.append("200")
            #expect(try await store.read { try $0.settingNames() } == answered)
        }
        #expect(answered.count > 1)
        #expect(try TestStore.names(at: disk + "/lanyard.db") == answered)
    }
}
