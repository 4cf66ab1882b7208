-- Which code systems each patient's records of a kind use. Codes are looked at once each. Parts: entity, code.
INSERT INTO sampling.holds
WITH spelt AS (
    SELECT {code} AS codes, list_sort(list_distinct(list_transform(gp_codes({code}),
        lambda one: split_part(one, '|', 1)))) AS systems
    FROM (SELECT DISTINCT {code} FROM sampling.{entity} WHERE {code} IS NOT NULL)
), used AS (
    SELECT DISTINCT c.person, s.systems FROM sampling.{entity} AS c JOIN spelt AS s ON s.codes = c.{code}
)
SELECT DISTINCT 'rare', '{entity}.{code}=' || system, person, 1, NULL
FROM (SELECT u.person, unnest(u.systems) AS system FROM used AS u JOIN sampling.person AS p ON p.person = u.person)
