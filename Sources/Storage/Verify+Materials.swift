internal import Registration

extension Reading {
    /// Files of which a part is missing.
    func materialBreaches() throws -> [Breach] {
        try connection.all(
            """
            SELECT material.id, material.bytes, count(chunk.number), coalesce(max(chunk.number), -1) + 1,
                coalesce(sum(length(chunk.bytes)), 0)
            FROM material LEFT JOIN material_chunk AS chunk ON material_id = material.id
            WHERE address IS NULL AND state = 'there' GROUP BY material.id
            """
        ) { ($0.integer(0), $0.integer(1), $0.integer(2), $0.integer(3), $0.integer(4)) }
        .filter { $0.2 != $0.3 || $0.1 != $0.4 }.map {
            Breach(
                rule: 0,
                text: "file \($0.0) should have \($0.1) bytes and has \($0.4), in \($0.2) of \($0.3) pieces")
        }
    }
}
