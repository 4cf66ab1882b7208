-- Relations of a patient that have not ended; `turn` 1 among the carers is the one a poorer system would name.
WITH snapshot AS (SELECT max(taken_at) AS taken_at FROM raw.snapshot)
SELECT r.IDPatient AS patient, r.RelationshipWithName AS name, coalesce(w.words, r.RelationshipType) AS relation,
    r.NextOfKin AS next_of_kin,
    coalesce(r.CaresForPatient, false) OR coalesce(r.PrincipalCarerForPatient, false) AS cares,
    r.PersonalGuardianOrProxy AS guardian, r.HasParentalResponsibility AS parent, r.KeyHolder AS key_holder,
    coalesce(r.RelationshipWithMobileTelephone, r.RelationshipWithTelephone, r.RelationshipWithWorkTelephone) AS number,
    row_number() OVER (
        PARTITION BY r.IDPatient, coalesce(r.CaresForPatient, false) OR coalesce(r.PrincipalCarerForPatient, false)
        ORDER BY coalesce(r.PrincipalCarerForPatient, false) DESC, r.DateEvent DESC NULLS LAST, r.RowIdentifier DESC
    ) AS turn
FROM raw.SRPatientRelationship AS r
CROSS JOIN snapshot AS s
LEFT JOIN raw.word AS w ON w.id = r.RelationshipType
WHERE r.RemovedData IS NOT TRUE AND r.IDPatient > 0 AND (r.DateEnded IS NULL OR r.DateEnded > s.taken_at)
