extension Schema {
    /// Who was erased: the row stays, so that scans and activity go on referring to it, and must not hold anything
    /// of the person any more.
    static let erasing = """
        ALTER TABLE attendee ADD COLUMN erased_at INTEGER CHECK (erased_at IS NULL OR (status = 'cancelled'
            AND email_key = '' AND email = '---' AND name = '-' AND organisation = '' AND role = ''));

        -- Of whom something was deleted since the file was last written anew, that unused parts of its pages may still
        -- have: who was erased, and whose needs an older database kept beside their name.
        CREATE TABLE erasure (
            attendee_id INTEGER NOT NULL PRIMARY KEY REFERENCES attendee (id)
        ) STRICT;
        INSERT INTO erasure (attendee_id) SELECT attendee_id FROM need;

        -- Consents go with whoever gave them, and in no other way.
        DROP TRIGGER consent_stays;
        CREATE TRIGGER consent_stays BEFORE DELETE ON consent
        WHEN (SELECT erased_at FROM attendee WHERE id = OLD.attendee_id) IS NULL
        BEGIN
            SELECT RAISE(ABORT, 'consents are only ever appended to');
        END;
        """
}
