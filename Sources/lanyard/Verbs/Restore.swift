import Configuration
import Operations
import Storage

extension Verb {
    static let restore = Verb(
        "restore", "Goes back to a copy that `backup` made, while no daemon runs; keeps what was there.",
        operands: ["FILE"], options: databaseOptions
    ) { options in
        let copy = options.operands[0]
        let database = try options.settings().database.path
        makeFilesPrivate()
        let lock = try InstanceLock(database: database)
        switch try FrontOfHouse.restore(database: database, from: copy) {
        case .done(let before):
            Console.complain("\(database) is now as \(copy) was.")
            guard let before else { break }
            let log = before.hasLog ? ", with its log beside it, which could not be folded in" : ""
            Console.complain("The database from before is \(before.path)\(log).")
        case .isTheDatabase:
            throw Failure("\(copy) is the database itself. Name the copy to go back to.")
        case .inUse:
            throw Failure(
                "Another program has \(database) open. Nothing was changed. End that program, and try again.")
        case .foreignOwner:
            throw Failure(
                "\(database) belongs to another account. Nothing was changed. Run this as root or as that account."
            )
        }
        _ = consume lock
    }
}
