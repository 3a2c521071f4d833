import Badges
import Configuration
import Doors
import HTTPServer
import Storage

/// Something that could not be done, in words that end with what to do.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Puts a fault of a room into an operator's words.
    init(describing error: any Error) {
        description =
            switch error {
            case let failure as Failure: failure.description
            case let file as InvalidFile: "\(file)"
            case let mistakes as TemplateMistakes: "\(mistakes)"
            case let fault as StorageFault: Failure.words(for: fault)
            case let database as UnusableDatabase: "\(database)"
            default: "\(error)"
            }
    }

    private static func words(for fault: StorageFault) -> String {
        if fault.isDiskFull {
            return "The disk is full: nothing of this was written. Make room and try again."
        }
        if fault.isBusy {
            return "Another program has been writing to the database for too long. Try again."
        }
        return "The database said: \(fault.message). Check that its folder exists and can be written to."
    }
}
