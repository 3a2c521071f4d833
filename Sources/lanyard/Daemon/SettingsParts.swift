import Configuration
import HTTPServer
import Operations
import Printing

// The settings as each room takes them.
extension Settings {
    /// Where people reach the pages, without a slash at the end.
    var publicURL: String { http.publicURL ?? "http://\(http.listen)" }

    var operations: FrontOfHouse.Settings {
        var operations = FrontOfHouse.Settings(publicURL: publicURL, printers: printers.map(\.name))
        operations.waitingWrites = limits.waitingWrites
        operations.liveFollowers = limits.liveFollowers
        operations.signInsPerMinute = limits.signInAttemptsPerMinute
        operations.letters = mail != nil
        operations.unknownCodesPerMinute = limits.unknownCodesPerMinute
        return operations
    }

    var serverLimits: ServerLimits {
        var server = ServerLimits()
        server.headerBytes = limits.httpHeaderBytes
        server.bodyBytes = limits.httpBodyBytes
        server.connections = limits.httpConnections
        server.connectionsPerAddress = limits.httpConnectionsPerAddress
        server.requestSeconds = Double(limits.requestSeconds)
        return server
    }

    func badgeFolder() throws -> String {
        try badges.folder ?? SharedFiles.find("Badges")
    }

    func printServer() throws -> CUPSServer {
        guard let server = CUPSServer(printing.server ?? "") else {
            throw Failure(
                "[printing] server “\(printing.server ?? "")” is neither HOST:PORT nor the path of a socket.")
        }
        return server
    }
}
