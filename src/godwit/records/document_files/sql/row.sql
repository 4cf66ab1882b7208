-- Every line of both indexes with its patient, and its file: by the whole path, else by the name where only one file has it.
-- A path may have been written on another machine, so slashes and capitals do not matter.
WITH
named AS (
    SELECT s.*, filed_path(s.path) AS plain, filed_name(s.path) AS name FROM filed.said AS s
),
file AS (
    SELECT side, number, filed_path(path) AS plain, filed_name(path) AS name FROM filed.file
),
by_path AS (
    SELECT side, plain, min(number) AS file FROM file GROUP BY ALL
),
by_name AS (
    SELECT side, name, min(number) AS file FROM file GROUP BY ALL HAVING count(*) = 1
)
SELECT n.* EXCLUDE (plain), coalesce(p.file, b.file) AS file,
       CASE WHEN k.best = 1 THEN k.person END AS person, coalesce(k.best, 0) AS best, w.who
FROM named AS n
LEFT JOIN by_path AS p ON p.side = n.side AND p.plain = n.plain
LEFT JOIN by_name AS b ON b.side = n.side AND b.name = n.name
LEFT JOIN filed.person AS k ON k.side = n.side AND k.nhs_number IS NOT DISTINCT FROM n.nhs_number
    AND k.birth_date IS NOT DISTINCT FROM n.birth_date AND k.local_id IS NOT DISTINCT FROM n.local_id
LEFT JOIN reconcile.person AS w ON k.best = 1 AND w.side = k.side AND w.person = k.person
