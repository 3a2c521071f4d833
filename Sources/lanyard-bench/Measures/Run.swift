/// One installation from its first start to its end, and what is measured on the way.
final class Run {
    let lanyard: Lanyard
    let options: BenchOptions
    var report: Report
    /// Of attendees that are registered.
    var codes = Codes()
    /// Of others, one in five of the first, for the measures of single scans alone: a code that the same door
    /// had less than 3 s before writes nothing, which would be measured as quick.
    var freshCodes = Codes()
    /// The paths of some attendees' own pages.
    var pages: [String] = []
    private(set) var attendees = 0

    init(_ options: BenchOptions, report: Report) throws {
        self.options = options
        self.report = report
        lanyard = try Lanyard(below: options.folder, program: options.lanyard)
    }

    /// Does all that was asked for, in an order that lets each begin from the same tables in every run.
    func measure() throws {
        if options.wants(.start) { try measureStart() } else { try lanyard.start() }
        if options.wants(.memory) { try measureIdleMemory() }
        try fill(to: options.firstAttendees)
        if options.wants(.scans) { try measureScans(.scans, commits: .scanCommits) }
        if options.wants(.latency) { try measureLatency() }
        if options.wants(.live) { try measureLive() }
        if options.wants(.badges) { try measureBadges() }
        let copy = "\(lanyard.folder)/floor.db"
        if options.wants(.floors) { try lanyard.run("backup", copy) }
        if options.wants(.registrations) {
            try measureRegistrations(.registrations, commits: .registrationCommits)
        }
        if options.wants(.letters) { try measureLetters() }
        if options.wants(.floors) { try measureFloors(copy: copy) }
        if options.wants(.changes) {
            try measureChanges()
            if options.wants(.floors) { try measureFloorOfChanges(copy: copy) }
        }
        if options.wants(.form) { try measureForm() }
        if options.wants(.growth) || options.wants(.memory) { try fill(to: options.attendees) }
        if options.wants(.memory) { try measureFullMemory() }
        if options.wants(.growth) { try measureGrowth() }
        // The last, as it leaves people behind who have neither a code here nor a workshop.
        if options.wants(.promotions) { try measurePromotions() }
        try lanyard.stop()
    }

    /// Registers people through staff's token, whose answers have the codes, until the event has so many.
    func fill(to wanted: Int) throws {
        guard attendees < wanted else { return }
        say("registering \(wanted - attendees) people…")
        let registrations = Registrations(event: BenchEvent.slug, token: lanyard.token, first: attendees)
        _ = try drive(registrations, Bound(count: wanted - attendees)) { answer in
            guard let code = answer.text(of: #""code":""#), let page = answer.text(of: #""manage_url":""#)
            else {
                throw Failure("a registration by staff has no code or link: \(answer.text)")
            }
            if self.attendees == 0, self.freshCodes.count < wanted / 5 {
                try self.freshCodes.append(code)
            } else {
                try self.codes.append(code)
            }
            // `http://HOST:PORT/PATH`: empty parts are left out.
            if self.pages.count < 1_000, let path = page.split(separator: "/", maxSplits: 2).last {
                self.pages.append("/\(path)")
            }
        }
        codes.mix()
        freshCodes.mix()
    }

    /// Sends registrations over 64 connections, checks the answers, and that as many are there afterwards.
    func drive(
        _ registrations: Registrations, _ bound: Bound, look: (HTTPAnswer) throws -> Void = { _ in }
    ) throws -> Driven {
        let driven = try HTTPLoad(port: lanyard.port, connections: 64).run(bound, send: registrations.send) {
            try Registrations.check($0)
            try look($0)
        }
        attendees += driven.answered
        let registered = try attended(#""registered":"#)
        guard registered == attendees else {
            throw Failure("\(attendees) registrations were answered, but \(registered) are there")
        }
        return driven
    }

    /// A number of the event's attendance.
    ///
    /// - Parameter member: the JSON before it.
    func attended(_ member: StaticString) throws -> Int {
        try ask("/api/v1/events/\(BenchEvent.slug)/attendance") { answer in
            guard let offset = answer.body.firstOffset(of: member),
                let number = answer.body.number(at: offset + member.utf8CodeUnitCount)
            else { throw Failure("attendance does not say \(member)") }
            return number
        }
    }

    /// Asks the daemon as staff does.
    func ask<Result>(_ path: String, _ read: (HTTPAnswer) throws -> Result) throws -> Result {
        try HTTPLoad.ask(lanyard.port, request(path)) { answer in
            guard answer.status == 200 else { throw Failure("\(path) was answered \(answer.status)") }
            return try read(answer)
        }
    }

    func request(_ path: String, accept: String = "*/*") -> String {
        "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(lanyard.token)\r\nAccept: \(accept)\r\n\r\n"
    }

    func say(_ text: String) { complain("  \(text)") }
}
