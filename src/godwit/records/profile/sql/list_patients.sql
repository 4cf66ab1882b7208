-- Of every check the patients it is about; what is about no patient stands row by row. At most 2,000 lines a check.
WITH plain AS (
    SELECT * REPLACE (replace(regexp_replace(about, '^\["|"\]$', '', 'g'), '","', ', ') AS about) FROM profile.row
), told AS (
    SELECT r.check_id, p.person, CASE WHEN p.person IS NULL THEN r.record END AS alone, min(r.kind) AS kind,
        min(r.file) AS file, min(r.record) AS record, count(*) AS records,
        left(min(r.about), 160)
            || CASE WHEN count(DISTINCT r.about) > 1 THEN ' … and ' || (count(DISTINCT r.about) - 1) || ' more' ELSE ''
               END AS about
    FROM plain AS r
    LEFT JOIN profile.person AS p ON p.person = r.person
    GROUP BY r.check_id, p.person, alone, CASE WHEN p.person IS NULL THEN r.kind || r.file END
), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY check_id ORDER BY records DESC, file, record) AS turn FROM told
)
SELECT t.check_id, p.nhs_number, p.family, p.given, left(p.birth_date, 10) AS born,
    CASE p.status WHEN 'active' THEN 'registered' WHEN 'dead' THEN 'died' ELSE p.status END AS status, t.records,
    t.about, t.kind, t.record
FROM numbered AS t
LEFT JOIN profile.person AS p ON p.person = t.person
WHERE t.turn <= 2000
ORDER BY t.check_id, t.turn
