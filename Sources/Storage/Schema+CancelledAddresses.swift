extension Schema {
    /// By which address somebody cancelled: asked for by strangers, so it must not cost a look at every attendee.
    static let cancelledAddresses = """
        CREATE INDEX attendee_cancelled ON attendee (event_id, email_key) WHERE status = 'cancelled';
        """
}
