-- The findings of this run, each with its patient and its record as another run can tell them again. The record is the
-- source's, unless only the target has one; the patient is the source's, unless only the target knows them.
SELECT f.finding, f.cause, f.severity, f.entity, f.outcome, f.field, coalesce(s.who, t.who, 'practice') AS patient,
       r.side, r.record, r.about, r.moment
FROM finding.caused AS f
LEFT JOIN paired.person AS p ON p.target_person = f.target_person
LEFT JOIN rounds.person AS s ON s.side = 'source' AND s.person = coalesce(f.source_person, p.source_person)
LEFT JOIN rounds.person AS t ON t.side = 'target' AND t.person = f.target_person
JOIN rounds.record AS r
    ON r.entity = f.entity AND r.row = coalesce(f.source_row, f.target_row)
    AND r.side = CASE WHEN f.source_row IS NULL THEN 'target' ELSE 'source' END
