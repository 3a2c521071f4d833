import HTTP
import TestPeers
import Testing

@testable import Web

@Suite(.takesTurns, .timeLimit(.minutes(1)))
struct AssetTests {
    @Test func `what pages refer to is there, kept for ever, and not sent twice`() async throws {
        let visit = Visit(try await House())
        let page = try await visit.get(Sample.registerPath)
        let paths = page.text.matches(of: /"(\/assets\/[^"]+)"/).map { String($0.1) }
        #expect(paths.count == 3)
        for path in paths {
            let asset = try await visit.get(path)
            #expect(asset.status == .ok && !asset.text.isEmpty)
            #expect(asset.headers["Cache-Control"]?.contains("immutable") == true)
            let tag = try #require(asset.headers["ETag"])
            let again = try await visit.get(path, headers: ["If-None-Match": tag])
            #expect(again.status == .notModified && again.text.isEmpty)
        }
    }

    @Test func `nothing is fetched from elsewhere`() {
        for asset in Asset.all where !asset.path.hasSuffix(".svg") {
            let text = String(decoding: asset.bytes, as: UTF8.self)
            #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("@import"))
        }
    }
}
