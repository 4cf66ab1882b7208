-- Every patient of one side once, with the registration that stands now and what a registration list may say of them.
-- `state` is current (registered as a regular patient), or why the patient does not count. Part: side.
WITH registered AS (
    SELECT person, kind, status, start, end_date, organisation,
        row_number() OVER (PARTITION BY person ORDER BY (status = 'active') DESC, start DESC NULLS LAST, row DESC) AS turn
    FROM canonical.registration
    WHERE side = '{side}' AND person IS NOT NULL
), known AS (
    SELECT *, row_number() OVER (PARTITION BY person ORDER BY row) AS turn
    FROM canonical.patient
    WHERE side = '{side}' AND person IS NOT NULL
), practice AS (
    SELECT gp_words(name) AS name, min(upper(ods_code)) AS ods
    FROM canonical.organisation
    WHERE side = '{side}' AND ods_code IS NOT NULL
    GROUP BY ALL
), doctor AS (
    SELECT gp_words(name) AS name, min(regexp_extract(identifiers, 'gmp\|([^"]+)', 1)) AS code
    FROM canonical.practitioner
    WHERE side = '{side}' AND identifiers LIKE '%"gmp|%'
    GROUP BY ALL
    HAVING count(DISTINCT regexp_extract(identifiers, 'gmp\|([^"]+)', 1)) = 1
)
SELECT p.person,
    CASE WHEN p.test_patient = 'true' THEN 'test'
         WHEN p.death_date IS NOT NULL OR r.status = 'dead' THEN 'dead'
         WHEN r.status = 'left' OR (r.status IS NULL AND p.active = 'false') THEN 'left'
         WHEN coalesce(r.kind, 'regular') = 'regular' THEN 'current'
         WHEN r.kind IN ('temporary', 'private', 'immediately_necessary') THEN r.kind
         ELSE 'other' END AS state,
    p.nhs_number, p.family, p.given, p.title, p.birth_date, p.sex, p.address, p.postcode, p.death_date,
    r.kind AS registration, r.start, r.end_date, p.usual_gp, d.code AS gp_code,
    coalesce(o.ods, upper(r.organisation)) AS practice,
    json_extract_string(p.extras, '$.DISPENSING[0]') AS dispensing,
    json_extract_string(p.extras, '$.MILEAGE[0]') AS mileage,
    json_extract_string(p.extras, '$.ResidentialInstituteCode[0]') AS institution,
    CASE WHEN json_extract_string(p.extras, '$.SpineSensitive[0]') = 'true' THEN 'yes' END AS sensitive
FROM known AS p
LEFT JOIN registered AS r ON r.person = p.person AND r.turn = 1
LEFT JOIN practice AS o ON o.name = gp_words(coalesce(r.organisation, p.organisation))
LEFT JOIN doctor AS d ON d.name = gp_words(p.usual_gp)
WHERE p.turn = 1
ORDER BY p.person
