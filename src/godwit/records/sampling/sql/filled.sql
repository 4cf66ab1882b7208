-- Which fields of a kind of record each patient has filled, the kind itself and its code systems among them.
-- Parts: entity, fields (list of CASE expressions).
INSERT INTO sampling.holds
SELECT 'rare', '{entity}' || kind, person, 1, NULL
FROM (
    SELECT c.person, unnest(['', {fields}]) AS kind
    FROM sampling.{entity} AS c
    JOIN sampling.person AS p ON p.person = c.person
    GROUP BY c.person
)
WHERE kind IS NOT NULL
