extension Schema {
    /// Who has a letter about the programme in the outbox that no mail server was given: they get no second one. It
    /// takes in nothing of other letters, so that a registration writes no page more.
    static let programmeLetters = """
        CREATE INDEX letter_programme ON letter (attendee_id)
        WHERE state = 'queued' AND kind = 'programme-changed' AND attempts = 0;
        """
}
