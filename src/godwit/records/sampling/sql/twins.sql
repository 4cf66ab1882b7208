-- Pairs of neighbours in a group with one surname and one date of birth who are not called the same.
WITH people AS (
    SELECT *, count(DISTINCT lower(given)) OVER (PARTITION BY lower(family), birth_date) AS names FROM sampling.person
    WHERE family IS NOT NULL AND length(birth_date) = 10
)
SELECT person, CASE WHEN names > 1 THEN 2 ELSE 1 END AS score,
    coalesce(lead(person) OVER same, lag(person) OVER same) AS mate
FROM people
WHERE names > 1
WINDOW same AS (PARTITION BY lower(family), birth_date ORDER BY turn)
