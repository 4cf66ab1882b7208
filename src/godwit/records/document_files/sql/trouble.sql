-- What is wrong on one side, whatever the other has. `key` tells whether the source has the same trouble: the content of a
-- file, or the number or name of a document.
WITH
row AS (
    SELECT *, coalesce(lower(document), name) AS known_by FROM filed.row
),
here AS (
    SELECT r.*, f.size AS real_size, f.sha256 AS real_sha256
    FROM row AS r JOIN filed.file AS f ON f.side = r.side AND f.number = r.file
),
owner AS (
    SELECT side, file, count(DISTINCT who) AS patients, count(*) AS lines, min(line) AS first, min(who) AS who
    FROM here GROUP BY side, file
),
stand_in AS (
    SELECT h.real_sha256 FROM here AS h ANTI JOIN filed.file AS f ON f.side = 'source' AND f.sha256 = h.real_sha256
    WHERE h.side = 'target' AND h.real_size > 0 GROUP BY h.real_sha256 HAVING count(DISTINCT h.who) >= 3
),
linked AS (
    SELECT DISTINCT side FROM filed.link
)
SELECT 'patient_unknown' AS "check", side, NULL::BIGINT AS who, line, file, known_by AS key, NULL::BIGINT AS record FROM row WHERE best = 0
UNION ALL
SELECT 'row_rejected', side, NULL, line, NULL, rule, NULL FROM filed.reject
UNION ALL
SELECT 'patient_unclear', side, NULL, line, file, known_by, NULL FROM row WHERE best > 1
UNION ALL
SELECT 'row_without_file', side, who, line, NULL, known_by, NULL FROM row WHERE file IS NULL
UNION ALL
SELECT 'file_without_row', f.side, NULL, NULL, f.number, f.sha256, NULL
FROM filed.file AS f ANTI JOIN row AS r ON r.side = f.side AND r.file = f.number
UNION ALL
SELECT 'file_of_two', h.side, h.who, h.line, h.file, h.real_sha256, NULL
FROM here AS h JOIN owner AS o ON o.side = h.side AND o.file = h.file AND o.patients > 1
UNION ALL
SELECT 'stand_in', h.side, h.who, h.line, h.file, h.real_sha256, NULL
FROM here AS h JOIN stand_in AS s ON s.real_sha256 = h.real_sha256 WHERE h.side = 'target'
UNION ALL
SELECT 'row_twice', h.side, h.who, h.line, h.file, h.real_sha256, NULL
FROM here AS h JOIN owner AS o ON o.side = h.side AND o.file = h.file AND o.patients = 1 AND o.lines > 1 AND o.first < h.line
UNION ALL
SELECT 'other_size', side, who, line, file, known_by, NULL FROM here WHERE size <> real_size
UNION ALL
SELECT 'other_hash', side, who, line, file, known_by, NULL FROM here WHERE sha256 <> real_sha256
UNION ALL
SELECT f.state, f.side, o.who, o.first, f.number, f.sha256, NULL
FROM filed.file AS f LEFT JOIN owner AS o ON o.side = f.side AND o.file = f.number
WHERE f.state NOT IN ('opened', 'not_tried')
UNION ALL
SELECT 'misnamed', f.side, o.who, o.first, f.number, f.sha256, NULL
FROM filed.file AS f LEFT JOIN owner AS o ON o.side = f.side AND o.file = f.number WHERE f.misnamed
UNION ALL
SELECT 'record_without_file', c.side, w.who, NULL, NULL, coalesce(lower(c.path), c.title), c.row
FROM canonical.document AS c
JOIN linked AS s ON s.side = c.side
ANTI JOIN filed.link AS k ON k.side = c.side AND k.row = c.row
LEFT JOIN reconcile.person AS w ON w.side = c.side AND w.person = c.person
UNION ALL
SELECT 'row_without_record', r.side, r.who, r.line, r.file, r.known_by, NULL
FROM row AS r
JOIN linked AS s ON s.side = r.side
ANTI JOIN filed.link AS k ON k.side = r.side AND k.line = r.line
WHERE r.person IS NOT NULL
