internal import CSQLite
import Registration

/// The row that a statement stands on; valid only inside the closure it is lent to. Columns count from 0.
struct Row {
    let statement: OpaquePointer

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    func count(_ column: Int32) -> Int { Int(integer(column)) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let length = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(
            UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    func optionalCount(_ column: Int32) -> Int? { isNull(column) ? nil : count(column) }
    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func id<Thing>(_ column: Int32) -> Identifier<Thing> { Identifier(rawValue: integer(column)) }
    func optionalID<Thing>(_ column: Int32) -> Identifier<Thing>? { isNull(column) ? nil : id(column) }

    func time(_ column: Int32) -> Timestamp { Timestamp(rawValue: integer(column)) }
    func optionalTime(_ column: Int32) -> Timestamp? { isNull(column) ? nil : time(column) }

    /// The value of an enumeration whose raw values the table's `CHECK` lists.
    func word<Word: RawRepresentable<String>>(_ column: Int32) throws -> Word {
        guard let word = Word(rawValue: text(column)) else {
            throw StorageFault(
                code: SQLITE_MISMATCH, message: "a \(Word.self) of an unknown kind",
                action: "read column \(column)")
        }
        return word
    }
}
