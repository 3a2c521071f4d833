extension Schema {
    /// Places in a list are counted off an index that has all that the count asks for: one that leaves a column to
    /// the table, be it the one that the index is limited by, costs a look at each row before.
    static let waitingOrder = """
        DROP INDEX booking_waiting;
        CREATE INDEX booking_waiting ON booking (session_id, waiting_since) WHERE waiting_since IS NOT NULL;
        DROP INDEX attendee_waiting;
        CREATE INDEX attendee_waiting ON attendee (event_id, status, id) WHERE status = 'waiting';
        """
}
