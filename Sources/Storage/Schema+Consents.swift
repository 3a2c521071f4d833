extension Schema {
    /// Consents, questions with their answers, and the end of what people need.
    static let consents = """
        -- From when on access and dietary needs are deleted: 14 days after the event, until an import says more.
        ALTER TABLE event ADD COLUMN needs_purged INTEGER NOT NULL DEFAULT 0;
        UPDATE event SET needs_purged = ends + 1209600000;

        -- What those need who said so, apart from all else: a purge replaces the whole table, and SQLite overwrites
        -- each page of the old one (secure_delete).
        CREATE TABLE need (
            attendee_id INTEGER NOT NULL PRIMARY KEY REFERENCES attendee (id),
            access TEXT NOT NULL,
            dietary TEXT NOT NULL,
            CHECK (access <> '' OR dietary <> '')
        ) STRICT;

        INSERT INTO need (attendee_id, access, dietary)
            SELECT id, access_needs, dietary_needs FROM attendee WHERE access_needs <> '' OR dietary_needs <> '';
        ALTER TABLE attendee DROP COLUMN access_needs;
        ALTER TABLE attendee DROP COLUMN dietary_needs;

        -- Which events' needs were deleted, and whether the log was emptied since, so that it has them no more.
        CREATE TABLE needs_purge (
            event_id INTEGER NOT NULL PRIMARY KEY REFERENCES event (id),
            purged_at INTEGER NOT NULL,
            is_erased INTEGER NOT NULL CHECK (is_erased = 0 OR is_erased = 1)
        ) STRICT;

        -- What people were shown, each text once.
        CREATE TABLE wording (
            id INTEGER NOT NULL PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;

        -- Each giving and withdrawing of a consent; the last one of a kind holds.
        CREATE TABLE consent (
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            number INTEGER NOT NULL CHECK (number > 0),
            kind TEXT NOT NULL CHECK (kind = 'newsletter' OR kind = 'funding-newsletter'
                OR kind = 'photography' OR kind = 'quotes'),
            is_given INTEGER NOT NULL CHECK (is_given = 0 OR is_given = 1),
            wording_id INTEGER NOT NULL REFERENCES wording (id),
            at INTEGER NOT NULL,
            PRIMARY KEY (attendee_id, number)
        ) STRICT, WITHOUT ROWID;

        -- What was agreed to and withdrawn stays, and stays as it is.
        CREATE TRIGGER consent_stays BEFORE DELETE ON consent
        BEGIN
            SELECT RAISE(ABORT, 'consents are only ever appended to');
        END;
        CREATE TRIGGER consent_stays_same BEFORE UPDATE ON consent
        BEGIN
            SELECT RAISE(ABORT, 'consents are only ever appended to');
        END;
        CREATE TRIGGER wording_stays_same BEFORE UPDATE ON wording
        BEGIN
            SELECT RAISE(ABORT, 'a wording stays as it was shown');
        END;

        CREATE TABLE question (
            id INTEGER NOT NULL PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 64),
            -- The order in which they are asked; NULL where it is not asked any more and was answered.
            position INTEGER,
            label TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind = 'text' OR kind = 'choice' OR kind = 'tick'),
            choices TEXT NOT NULL,
            is_required INTEGER NOT NULL CHECK (is_required = 0 OR is_required = 1),
            hint TEXT NOT NULL,
            UNIQUE (event_id, slug)
        ) STRICT;

        -- Only what was answered; a ticked box is the text 'yes'.
        CREATE TABLE answer (
            attendee_id INTEGER NOT NULL REFERENCES attendee (id),
            question_id INTEGER NOT NULL REFERENCES question (id),
            text TEXT NOT NULL CHECK (text <> ''),
            PRIMARY KEY (attendee_id, question_id)
        ) STRICT, WITHOUT ROWID;
        """
}
