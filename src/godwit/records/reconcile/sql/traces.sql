-- Patients of both sides: how many, how many with the same trace, and of the others how many have a finding behind every
-- kind of record that differs (a record on one side only, or a moved date), and how many have not.
WITH
paired AS (
    SELECT DISTINCT scope AS who FROM paired.person WHERE scope > 0
),
beside AS (
    SELECT t.who, t.entity
    FROM reconcile.trace AS t
    JOIN paired AS p ON p.who = t.who
    GROUP BY t.who, t.entity
    HAVING count(*) < 2 OR min(t.records) <> max(t.records) OR min(t.first) <> max(t.first) OR min(t.last) <> max(t.last)
),
moved AS (
    SELECT entity, source_person, target_person FROM finding.caused AS f
    WHERE f.field IS NULL OR f.field IN ('start', 'effective', 'onset', 'due', 'authored', 'created', 'birth_date', 'patient')
),
touched AS (
    SELECT p.who, f.entity
    FROM moved AS f JOIN reconcile.person AS p ON p.side = 'source' AND p.person = f.source_person
    UNION
    SELECT p.who, f.entity
    FROM moved AS f JOIN reconcile.person AS p ON p.side = 'target' AND p.person = f.target_person
),
judged AS (
    SELECT p.who, count(b.entity) AS differing, count(b.entity) FILTER (WHERE t.who IS NULL) AS unexplained
    FROM paired AS p
    LEFT JOIN beside AS b ON b.who = p.who
    LEFT JOIN touched AS t ON t.who = b.who AND t.entity = b.entity
    GROUP BY p.who
)
SELECT count(*), count(*) FILTER (WHERE differing = 0), count(*) FILTER (WHERE differing > 0 AND unexplained = 0),
       count(*) FILTER (WHERE unexplained > 0)
FROM judged
