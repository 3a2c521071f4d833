import Glibc
import Testing

@testable import Log

@Suite(.timeLimit(.minutes(1)))
struct JournalTests {
    @Test func `under journald a line begins with its priority and has no time`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        var status = stat()
        try #require(fstat(ends[1], &status) == 0)
        let stream = "\(status.st_dev):\(status.st_ino)"
        let log = Logger(threshold: .debug, descriptor: ends[1], journalStream: stream)
        log.error("no paper", ["printer": "front-desk"])
        log.debug("asked again")
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = read(ends[0], &buffer, buffer.count)
        let text = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        #expect(text == "<3>no paper printer=front-desk\n<7>asked again\n")
    }

    @Test(arguments: [nil, "", "1:2", "journal", "8:999999999999"])
    func `output that does not go to the journal has its times`(stream: String?) {
        #expect(Style(of: STDERR_FILENO, journalStream: stream) == .timed)
    }
}
