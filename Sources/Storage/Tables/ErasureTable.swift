public import Registration

/// Somebody of whom unused parts of the file may still have something that was deleted.
public struct ErasedTrace: Hashable, Sendable {
    public var attendee: AttendeeID
    /// Whether they were erased; otherwise an older file had their needs beside their name.
    public var isErased: Bool
}

extension Reading {
    /// Of whom something was deleted since the file was last written anew.
    public func erasedTraces() throws -> [ErasedTrace] {
        try connection.all(
            """
            SELECT erasure.attendee_id, CASE WHEN attendee.erased_at IS NULL THEN 0 ELSE 1 END
            FROM erasure JOIN attendee ON attendee.id = erasure.attendee_id
            """
        ) { ErasedTrace(attendee: $0.id(0), isErased: $0.integer(1) != 0) }
    }
}

extension Transaction {
    /// Takes everything personal out of the rows of an attendee who is cancelled and has no booking any more, and
    /// keeps the row itself for those that refer to it. Ratings stay without their texts.
    ///
    /// SQLite overwrites what is deleted, but not the copies that it left in unused parts of pages when it moved
    /// rows between them: those go by `Store.writeAnew()`, which ``erasedTraces()`` ask for.
    ///
    /// - Parameter secret: in the place of the one by which badges and links are known.
    public func erase(_ attendee: AttendeeID, secret: Code.Secret, at now: Timestamp) throws {
        try connection.run(
            """
            UPDATE attendee SET erased_at = $2, secret_high = $3, secret_low = $4, email_key = '', email = '---',
                name = '-', organisation = '', role = ''
            WHERE id = $1
            """, .id(attendee), .time(now), .integer(Int64(secret.high)), .integer(Int64(secret.low)))
        try forgetNeeds(of: attendee)
        try connection.run("DELETE FROM answer WHERE attendee_id = $1", .id(attendee))
        try connection.run("DELETE FROM consent WHERE attendee_id = $1", .id(attendee))
        try forgetNewAddress(of: attendee)
        try connection.run("DELETE FROM letter WHERE attendee_id = $1", .id(attendee))
        try connection.run(
            "UPDATE feedback SET differently = '', quote = '', consent = '' WHERE attendee_id = $1",
            .id(attendee))
        // Keys are of the senders' choice and may be an address; a print server's reasons may name the job's person.
        try connection.run("DELETE FROM answered_request WHERE attendee_id = $1", .id(attendee))
        try connection.run(
            """
            DELETE FROM answered_print_request
            WHERE print_job_id IN (SELECT id FROM print_job WHERE attendee_id = $1)
            """, .id(attendee))
        try connection.run("UPDATE print_job SET reason = '' WHERE attendee_id = $1", .id(attendee))
        try connection.run(
            "INSERT INTO erasure (attendee_id) VALUES ($1) ON CONFLICT (attendee_id) DO NOTHING",
            .id(attendee))
    }

    /// Notes that the file was written anew since those were listed. Who has been erased since then stays listed, as
    /// that may have been after the writing.
    public func noteWrittenAnew(since traces: [ErasedTrace]) throws {
        for trace in traces {
            try connection.run(
                """
                DELETE FROM erasure WHERE attendee_id = $1
                    AND CASE WHEN (SELECT erased_at FROM attendee WHERE id = $1) IS NULL THEN 0 ELSE 1 END = $2
                """, .id(trace.attendee), .integer(trace.isErased ? Int64(1) : 0))
        }
    }
}
