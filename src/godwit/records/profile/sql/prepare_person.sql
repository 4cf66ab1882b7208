-- Every patient once, with the registration that stands now. `status` is dead, left or active; a patient whose extract
-- says neither is active.
WITH registered AS (
    SELECT person, kind, status, start, end_date,
        row_number() OVER (PARTITION BY person ORDER BY (status = 'active') DESC, start DESC NULLS LAST, row DESC) AS turn
    FROM canonical.registration
    WHERE person IS NOT NULL
), known AS (
    SELECT *, row_number() OVER (PARTITION BY person ORDER BY row) AS turn
    FROM canonical.patient
    WHERE person IS NOT NULL
)
SELECT p.person, p.record_kind AS kind, p.file, p.record, p.local_id, p.nhs_number, p.family, p.given, p.birth_date,
    p.death_date, p.sex, p.postcode, p.email, p.mobile_phone, p.test_patient = 'true' AS test_patient,
    r.kind AS registration, r.start AS registered_from, r.end_date AS registered_until,
    CASE WHEN p.death_date IS NOT NULL OR r.status = 'dead' THEN 'dead'
         WHEN r.status = 'left' OR (r.status IS NULL AND p.active = 'false') THEN 'left'
         ELSE 'active' END AS status
FROM known AS p
LEFT JOIN registered AS r ON r.person = p.person AND r.turn = 1
WHERE p.turn = 1
