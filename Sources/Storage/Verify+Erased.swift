internal import Registration

extension Reading {
    /// What is left of people who were erased, in their own rows and in those that refer to them.
    func erasureBreaches() throws -> [Breach] {
        try connection.all(
            """
            SELECT id, part FROM (
                SELECT id, 'their own row' AS part FROM attendee WHERE status <> 'cancelled' OR email_key <> ''
                    OR email <> '---' OR name <> '-' OR organisation <> '' OR role <> ''
                UNION ALL SELECT attendee_id, 'needs' FROM need
                UNION ALL SELECT attendee_id, 'answers' FROM answer
                UNION ALL SELECT attendee_id, 'consents' FROM consent
                UNION ALL SELECT attendee_id, 'a new address' FROM new_address
                UNION ALL SELECT attendee_id, 'letters' FROM letter
                UNION ALL SELECT attendee_id, 'what was answered to them' FROM answered_request
                UNION ALL SELECT attendee_id, 'texts of feedback' FROM feedback
                    WHERE differently <> '' OR quote <> '' OR consent <> '') AS found
            WHERE id IN (SELECT id FROM attendee WHERE erased_at IS NOT NULL)
            GROUP BY id, part ORDER BY id, part
            """
        ) { Breach(rule: 0, text: "attendee \($0.integer(0)) was erased, and \($0.text(1)) is still there") }
    }
}
