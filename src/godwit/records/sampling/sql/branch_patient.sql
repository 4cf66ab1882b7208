-- More than half of the consultations at places other than the one where most of all consultations are.
WITH main AS (
    SELECT location FROM sampling.consultation WHERE location IS NOT NULL
    GROUP BY location ORDER BY count(*) DESC, location LIMIT 1
)
SELECT c.person, count(*) FILTER (WHERE c.location <> m.location) AS score
FROM sampling.consultation AS c
CROSS JOIN main AS m
GROUP BY c.person
HAVING score * 2 > count(c.location)
