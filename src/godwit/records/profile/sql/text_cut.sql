-- The longest texts of a table, where they are long and at least five different ones have exactly that length.
WITH sized AS (
    SELECT entity, max(length(text)) AS longest FROM profile.entry WHERE length(text) >= 100 GROUP BY ALL
), alike AS (
    SELECT e.entity, e.person, e.kind, e.file, e.record, e.text
    FROM profile.entry AS e
    JOIN sized AS s ON s.entity = e.entity AND length(e.text) = s.longest
), cut AS (
    SELECT entity FROM alike GROUP BY ALL HAVING count(DISTINCT text) >= 5
)
SELECT person, kind, file, record, NULL AS about FROM alike WHERE entity IN (SELECT entity FROM cut)
