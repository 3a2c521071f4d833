import Glibc
import TestPeers
import Testing

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct DaemonTests {
    @Test func `SIGTERM during a storm: what was begun is answered, the exit status is 0`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let daemon = try await here.serve()
        let statuses = await withTaskGroup { group in
            for client in 0..<8 {
                group.addTask { () -> [Int?] in
                    var statuses: [Int?] = []
                    for number in 0..<500 {
                        // Once it is gone nobody can connect; until then each request is answered.
                        guard let answer = try? await here.register("P \(client) \(number)") else { break }
                        statuses.append(answer.status)
                    }
                    return statuses
                }
            }
            group.addTask {
                try? await eventually(
                    "the storm is on",
                    isTrue: {
                        try await here.lanyard("event", "list").contains("\t0/1000\t") == false
                    })
                daemon.send(signal: SIGTERM)
                return []
            }
            return await group.reduce(into: [Int?]()) { $0 += $1 }
        }
        #expect(try await daemon.exit(withinSeconds: 10) == .exited(0))
        #expect(!statuses.isEmpty)
        #expect(statuses.allSatisfy { $0 == 201 })
        let listed = try await here.lanyard("event", "list")
        #expect(listed.contains("\t\(statuses.count)/1000\t"))
    }

    @Test
    func `whoever never finishes a request, and a printer that hangs, hold up the end for 10 s at most`()
        async throws
    {
        let cups = try await PrivateCUPS()
        let zebra = try ZebraPrinter()
        try await cups.addQueue("badges", to: zebra)
        let here = try await Installation(
            cupsServer: cups.server, printers: "[[printer]]\nname = \"desk\"\nqueue = \"badges\"")
        cups.freeze()
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        let person = try await here.registered("Ada Lovelace", token: token)
        _ = try await here.scan(person.code ?? "")
        try await eventually("the printing worker waits for CUPS", isTrue: { try await cups.hasVisitor() })
        let port = here.httpPort
        let wire = try await onThread {
            let wire = try Wire(port: port)
            try wire.send("POST /api/v1/events/day/registrations HTTP/1.1\r\nHost: localhost\r\nContent-Le")
            return wire
        }
        let clock = ContinuousClock()
        let began = clock.now
        daemon.send(signal: SIGTERM)
        #expect(try await daemon.exit(withinSeconds: 15) == .exited(0))
        #expect(clock.now - began < .seconds(10.5))
        withExtendedLifetime(wire) {}
        cups.thaw()
        try await here.lanyard("verify")
    }

    @Test func `a second daemon on the same database is refused`() async throws {
        let here = try await Installation()
        let daemon = try await here.serve()
        let second = try await Program.outcome(
            of: try Installation.program, arguments: ["serve", "--config", here.folder.path("lanyard.toml")])
        #expect(second.status == .exited(1))
        #expect(second.errorOutput.contains("Another daemon is running"))
        await daemon.stop()
    }

    @Test func `SIGHUP reads the badge templates again, and keeps the old ones if there is a mistake`()
        async throws
    {
        let here = try await Installation()
        let badges = try here.folder.makeFolder("templates")
        try await Program.run("cp", arguments: ["Badges/conference-a6.svg", badges])
        let settings = try here.folder.text(of: "lanyard.toml") + "\n[badges]\nfolder = \"\(badges)\"\n"
        try here.folder.write(settings, to: "lanyard.toml")
        try await here.importDay()
        let token = try await here.lanyard("token", "create", "--role", "organiser").trimmed
        let daemon = try await here.serve()
        let design = try here.folder.text(of: "templates/conference-a6.svg")
        try here.folder.write(
            design.replacing(
                "</svg>", with: "<text x=\"8\" y=\"120\" font-size=\"4\">Second edition</text></svg>"),
            to: "templates/conference-a6.svg")
        daemon.send(signal: SIGHUP)
        try await eventually(
            "the templates were read again",
            isTrue: {
                daemon.errorOutput.contains("read again")
            })
        try here.folder.write("<svg", to: "templates/broken.svg")
        daemon.send(signal: SIGHUP)
        try await eventually(
            "the mistake is told",
            isTrue: {
                daemon.errorOutput.contains("stay as they were") && daemon.errorOutput.contains("broken.svg")
            })
        #expect(try await here.request("GET", "/readyz")?.status == 200)
        let person = try await here.registered("Ada Lovelace", token: token)
        _ = try await here.scan(person.code ?? "")
        let sheet = try await eventually("the badge comes out") {
            try here.folder.names(in: "badges").first { $0.hasSuffix(".pdf") }
        }
        let text = try await Program.run("pdftotext", arguments: [here.folder.path("badges/\(sheet)"), "-"])
        #expect(text.contains("Second edition") && text.contains("Ada Lovelace"), "\(text)")
        await daemon.stop()
    }

    @Test func `operators see health, readiness and figures`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let daemon = try await here.serve()
        #expect(try await here.request("GET", "/healthz")?.status == 200)
        #expect(try await here.request("GET", "/readyz")?.status == 200)
        _ = try await here.scan("nonsense")
        // Anybody may send any word, and each label would be kept for ever.
        for method in ["BREW", "STEEP", "POUR"] { _ = try await here.request(method, "/healthz") }
        let metrics = try await here.request("GET", "/metrics")?.text ?? ""
        for line in [
            #"lanyard_scans_total{verdict="deny",reason="unknown-code"} 1"#, "lanyard_writer_queue 0",
            #"lanyard_print_jobs{state="queued"} 0"#, #"lanyard_http_requests_total{route="/healthz""#,
            #"{route="/healthz",method="other",status="405"} 3"#, "lanyard_commit_writes_count",
        ] { #expect(metrics.contains(line), "\(line)") }
        #expect(!metrics.contains("BREW"))
        await daemon.stop()
    }

    @Test func `past the configured number of waiting writes people are told to come back`() async throws {
        let here = try await Installation(limits: "waiting_writes = 100")
        try await here.importDay()
        let daemon = try await here.serve()
        // Holds the database until it is killed itself.
        let other = try RunningProgram(
            "sqlite3",
            arguments: [
                here.folder.path("lanyard.db"), "BEGIN IMMEDIATE;",
                ".shell echo held; exec tail --pid=$PPID -f /dev/null",
            ])
        try await other.wrote("held")
        let told = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<120 {
                group.addTask {
                    let isTold = try await here.register("Person \(number)")?.status == 503
                    guard isTold else { return nil }
                    let health = try await here.request("GET", "/healthz")
                    await other.kill()
                    return health?.head
                }
            }
            return try await group.reduce(into: [String]()) { heads, head in
                if let head { heads.append(head) }
            }
        }
        // Much to do is no fault; a later answer may come when the database is free again.
        let busy = try #require(told.first)
        #expect(busy.contains(" 503 ") && busy.contains("Retry-After: 1"), "\(busy)")
        #expect(!told.contains { $0.contains(" 500 ") })
        await other.kill()
        await daemon.stop()
    }

    @Test func `an address that nobody answers is told by the pages or by the API`() async throws {
        let here = try await Installation()
        let daemon = try await here.serve()
        for path in ["/nothing", "/%zz"] {
            let head = try await here.request("GET", path)?.head ?? ""
            #expect(head.contains("Content-Security-Policy: "), "\(head)")
            #expect(head.contains("X-Content-Type-Options: nosniff"), "\(head)")
            #expect(head.contains("text/html"), "\(head)")
        }
        let api = try await here.request("GET", "/api/v1/nothing")?.head ?? ""
        #expect(api.contains("application/problem+json"), "\(api)")
        await daemon.stop()
    }

    @Test(.smallDisk(kibibytes: 4_096))
    func `scans that a full disk refuses are told to the operator, once for many`() async throws {
        let here = try await Installation()
        let disk = try SmallDisk.path
        let settings = try here.folder.text(of: "lanyard.toml")
            .replacing(here.folder.path("lanyard.db"), with: disk + "/lanyard.db")
        try here.folder.write(settings, to: "lanyard.toml")
        try await here.importDay()
        let daemon = try await here.serve()
        _ = try? await Program.outcome(
            of: "dd", arguments: ["if=/dev/zero", "of=\(disk)/ballast", "bs=4096"])
        let failed = "ERROR failed The scan could not be saved; scan again"
        try await eventually("the disk is full", withinSeconds: 20) {
            try await here.scan("nonsense") == [failed]
        }
        for _ in 0..<5 { #expect(try await here.scan("nonsense") == [failed]) }
        try await daemon.wrote("Scans at the doors could not be kept")
        let told = daemon.errorOutput.split(separator: "\n").filter { $0.contains("could not be kept") }
        #expect(told.count == 1, "\(told)")
        #expect(told.first?.contains("scans=1 ") == true, "\(told)")
        #expect(!daemon.errorOutput.contains("nonsense"))
        await daemon.kill()
    }

    @Test func `the log names nobody`() async throws {
        let here = try await Installation()
        try await here.importDay()
        let daemon = try await here.serve()
        #expect(try await here.register("Grace Hopper")?.status == 201)
        _ = try await here.scan("Grace Hopper")
        await daemon.stop()
        #expect(!daemon.errorOutput.lowercased().contains("grace"))
    }

    @Test func `where time zones can't be read nothing is served, as people would be told wrong times`()
        async throws
    {
        let here = try await Installation()
        try await here.importDay()
        // A zone that Debian's tzdata does not have, as none is where it is not installed.
        try await Program.run(
            "sqlite3",
            arguments: [here.folder.path("lanyard.db"), "UPDATE event SET time_zone = 'Atlantis/Capital'"])
        let daemon = try RunningProgram(
            try Installation.program, arguments: ["serve", "--config", here.folder.path("lanyard.toml")])
        #expect(try await daemon.exit(withinSeconds: 10) == .exited(1))
        #expect(daemon.errorOutput.contains("Atlantis/Capital can't be read. Install Debian's"))
    }
}
