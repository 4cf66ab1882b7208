-- Neighbours in a group of namesakes: to take one is to take the other.
SELECT person, 1 AS score, coalesce(lead(person) OVER same, lag(person) OVER same) AS mate
FROM (SELECT *, lower(family) AS surname, lower(given) AS names FROM sampling.person)
WINDOW same AS (PARTITION BY surname, names ORDER BY turn)
QUALIFY surname IS NOT NULL AND names IS NOT NULL AND mate IS NOT NULL
