-- Units by how many patients have them; score: how many of a patient's units are among the rarest tenth.
WITH used AS (
    SELECT person, unit FROM sampling.observation WHERE value IS NOT NULL AND unit IS NOT NULL GROUP BY person, unit
), rare AS (
    SELECT unit FROM used GROUP BY unit
    QUALIFY row_number() OVER (ORDER BY count(*), unit) <= greatest(3, count(*) OVER () // 10)
)
SELECT u.person, count(*) AS score FROM used AS u JOIN rare AS r ON r.unit = u.unit GROUP BY u.person
