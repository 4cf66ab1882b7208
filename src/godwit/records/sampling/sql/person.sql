-- Every patient of the source once, with the registration that stands now and a place in a random order that only the
-- seed and the patient's identity decide. `status` is dead, left or active. Test patients are nobody. Parts: seed.
WITH registered AS (
    SELECT person, kind, status, start,
        row_number() OVER (PARTITION BY person
                           ORDER BY (status = 'active') DESC, start DESC NULLS LAST, row DESC) AS turn
    FROM sampling.registration
    WHERE person IS NOT NULL
), known AS (
    SELECT *, row_number() OVER (PARTITION BY person ORDER BY row) AS turn
    FROM sampling.patient
    WHERE person IS NOT NULL
)
SELECT p.person, q.target_person, p.nhs_number, p.local_id, p.family, p.given, p.birth_date, p.sex, p.postcode,
    r.kind AS registration, r.start AS registered_from,
    CASE WHEN p.death_date IS NOT NULL OR r.status = 'dead' THEN 'dead'
         WHEN r.status = 'left' OR (r.status IS NULL AND p.active = 'false') THEN 'left'
         ELSE 'active' END AS status,
    row_number() OVER (ORDER BY md5('{seed}|' || coalesce(p.nhs_number,
        concat_ws('|', p.family, p.given, p.birth_date, p.local_id))), p.local_id, p.person) AS turn
FROM known AS p
LEFT JOIN registered AS r ON r.person = p.person AND r.turn = 1
LEFT JOIN paired.person AS q ON q.source_person = p.person
WHERE p.turn = 1 AND coalesce(p.test_patient, 'false') <> 'true'
