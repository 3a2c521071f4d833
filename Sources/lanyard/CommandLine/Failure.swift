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
            case let fault as StorageFault: Failure.words(for: fault)
            // The rooms' own errors that an operator may meet have words already.
            case let error as any CustomStringConvertible: error.description
            default: "Something happened that should not: \(error). Please report it."
            }
    }

    private static func words(for fault: StorageFault) -> String {
        if fault.isDiskFull {
            return "The disk is full: nothing of this was written. Make room and try again."
        }
        if fault.isBusy {
            return "Another program has been writing to the database for too long. Try again."
        }
        if fault.isDamage {
            return
                "The database is damaged. Go back to a copy of it with `lanyard restore FILE`, which keeps this"
                + " one under another name."
        }
        return
            "The database said: \(fault.message) (SQLite code \(fault.code)). Look at the disk's state, and run"
            + " `lanyard verify`."
    }
}
