import TestPeers
import Testing
import Working

@testable import Printing

/// Against a real CUPS server and printers that speak IPP and ZPL.
@Suite(.takesTurns, .timeLimit(.minutes(2)))
struct CUPSConnectionTests {
    let thread = BlockingThread()
    let a6 = PaperSize(width: 10_500, height: 14_800)
    let label = PaperSize(width: 8_900, height: 3_600)

    @Test func `queues are listed with their state and their papers`() async throws {
        let cups = try await PrivateCUPS()
        let server = try #require(CUPSServer(cups.server))
        #expect(try await server.destinations().isEmpty)
        try await cups.addQueue("badges", to: try await VirtualIPPPrinter())
        try await cups.addQueue("labels", to: try ZebraPrinter())
        try await cups.pause("labels")

        let destinations = try await server.destinations()

        #expect(destinations.map(\.name) == ["badges", "labels"])
        #expect(destinations[0].status == PrinterStatus(state: .idle))
        #expect(destinations[0].media.medium(for: a6)?.size == a6)
        #expect(destinations[1].status.state == .stopped)
        #expect(destinations[1].media.medium(for: label)?.size == label)
        let local = try #require(CUPSServer(cups.socketPath))
        #expect(try await local.destinations().map(\.name) == ["badges", "labels"])
    }

    @Test func `a badge comes out at its own size and its job is found by name`() async throws {
        let printer = try await VirtualIPPPrinter(papers: [
            .init(width: 210, height: 297), .init(width: 105, height: 148), .init(width: 36, height: 89),
        ])
        let cups = try await PrivateCUPS()
        try await cups.addQueue("badges", to: printer)
        let server = try #require(CUPSServer(cups.server))

        let number = try await send(a6, named: "lanyard-1", to: "badges", of: server)
        _ = try await send(label, named: "lanyard-2", to: "badges", of: server)

        try await eventually("both come out", isTrue: { try printer.sheets.count == 2 })
        try await eventually("the job is completed") {
            let job = try await thread.withConnection(to: server) { connection throws(CUPSError) in
                try connection.job(number, queue: "badges")
            }
            return job.state == .completed ? job : nil
        }
        let sheets = try printer.sheets
        #expect(sheets.map(\.job) == ["lanyard-1", "lanyard-2"])
        #expect(try await pageSize(sheets[0].path).isNear(a6))
        // The printer has the label's paper lying the other way.
        #expect(try await pageSize(sheets[1].path).isNear(label.turned))

        try await cups.restart()
        let found = try await thread.withConnection(to: server) { connection throws(CUPSError) in
            try connection.jobs(named: "lanyard-1", queue: "badges")
        }
        #expect(found.map(\.number) == [number])
        #expect(found.map(\.state) == [.completed])
    }

    @Test func `what CUPS refuses is told by its code`() async throws {
        let cups = try await PrivateCUPS()
        try await cups.addQueue("labels", to: try ZebraPrinter())
        let server = try #require(CUPSServer(cups.server))
        try await cups.reject("labels")
        #expect(await code { try await send(a6, named: "x", to: "labels", of: server) } == .notAccepting)
        #expect(await code { try await send(a6, named: "x", to: "nobody's", of: server) } == .notFound)
        let noJob = await code {
            try await thread.withConnection(to: server) { connection throws(CUPSError) in
                try connection.job(99, queue: "labels")
            }
        }
        #expect(noJob == .notFound)
    }

    @Test func `a job taken off its queue does not come out`() async throws {
        let zebra = try ZebraPrinter()
        let cups = try await PrivateCUPS()
        try await cups.addQueue("labels", to: zebra)
        let server = try #require(CUPSServer(cups.server))
        try await cups.pause("labels")
        let number = try await send(a6, named: "x", to: "labels", of: server)
        let state = try await thread.withConnection(to: server) { connection throws(CUPSError) in
            try connection.cancel(number, queue: "labels")
            return try connection.job(number, queue: "labels").state
        }
        #expect(state == .cancelled)
        let again = await code {
            try await thread.withConnection(to: server) { connection throws(CUPSError) in
                try connection.cancel(number, queue: "labels")
            }
        }
        #expect(again == .notPossible)
    }

    @Test func `a server that is not there, or says nothing, is not waited for longer than allowed`()
        async throws
    {
        let nobody = try #require(CUPSServer("127.0.0.1:\(try FreePort.find())"))
        #expect(await code { try await nobody.destinations() } == .serviceUnavailable)

        let silent = try ZebraPrinter()
        silent.set(.stuck)
        let server = try #require(CUPSServer("127.0.0.1:\(silent.port)"))
        let began = ContinuousClock.now
        let late = await code {
            try await thread.withConnection(to: server, patienceMilliseconds: 300) {
                connection throws(CUPSError) in try connection.destinations()
            }
        }
        #expect(late == .serviceUnavailable)
        let listing = Task { try await server.destinations() }
        listing.cancel()
        #expect(await code { try await listing.value } == .serviceUnavailable)
        #expect(began.duration(to: .now) < .seconds(5))
    }

    private func send(_ size: PaperSize, named name: String, to queue: String, of server: CUPSServer)
        async throws -> Int
    {
        try await thread.withConnection(to: server) { connection throws(CUPSError) in
            guard let medium = try connection.destination(queue).media.medium(for: size) else { return 0 }
            return try connection.print(samplePDF(size), named: name, on: medium, queue: queue)
        }
    }

    private func code<R>(of body: () async throws -> R) async -> CUPSError.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? CUPSError)?.code
        }
    }
}

/// The size of a PDF's page, as pdfinfo reads it.
func pageSize(_ path: String) async throws -> PaperSize {
    let text = try await Program.run("pdfinfo", arguments: [path])
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("Page size:") })
    let numbers = line.split(separator: " ").compactMap { Double($0) }
    try #require(numbers.count >= 2)
    return PaperSize(widthMillimetres: numbers[0] / 72 * 25.4, heightMillimetres: numbers[1] / 72 * 25.4)
}
