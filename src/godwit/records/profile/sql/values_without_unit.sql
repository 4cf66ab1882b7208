-- Only where most values of the same code have a unit: scores and ratios rightly have none.
WITH usual AS (
    SELECT code FROM canonical.observation
    WHERE value IS NOT NULL AND code IS NOT NULL GROUP BY ALL HAVING count(unit) * 2 > count(*)
)
SELECT o.person, o.record_kind AS kind, o.file, o.record, o.code_term AS about
FROM canonical.observation AS o
JOIN usual AS u ON u.code = o.code
WHERE o.value IS NOT NULL AND o.unit IS NULL
