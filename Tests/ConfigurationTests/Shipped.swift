import Foundation
import Testing

/// The files of `Config` that ship.
enum Shipped {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Config").standardized
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func text(_ name: String) throws -> String {
        try #require(String(validating: bytes(name), as: UTF8.self))
    }
}
