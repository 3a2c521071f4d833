import Glibc
import HTTP
import HTTPServer

/// The daemon's HTTP server with a route that does nothing and answers as much as a registration is answered.
enum NullServer {
    static func run(port: UInt16) throws -> Never {
        let answer = Array(
            #"{"reference":"K7QX2M4P","status":"confirmed","bookings":[{"session":"active-medicine","status":"confirmed","position":null},{"session":"long-term","status":"confirmed","position":null}],"manage_url":"http://127.0.0.1:8080/e/bench/me/K7QX2M4P/0123456789abcdefghjkmn"}"#
                .utf8)
        var router = Router()
        router.on(.post, "/api/v1/events/{event}/registrations", isBrief: true) { _, _ in
            .json(answer, status: .created)
        }
        var limits = ServerLimits()
        limits.connectionsPerAddress = 0
        let server = try Server(router, listeningOn: [.tcp(host: "127.0.0.1", port: port)], limits: limits)
        // Ended by its parent with SIGTERM; a benchmark that hangs does not leave it for long.
        sleep(600)
        withExtendedLifetime(server) {}
        exit(0)
    }
}
