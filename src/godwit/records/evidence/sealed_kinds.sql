-- What a cause is made of: each of its kinds of finding and, by trait, how many values its findings have there and how
-- many of these others of the same kind have too. What somebody has agreed to already counts among the others.
-- Parts: cause (quoted), traits (their names, each in brackets).
WITH
every AS (
    SELECT entity, outcome, field, reason, change, severity, traits, cause = {cause} AND agreement IS NULL AS own
    FROM this
),
kind AS (
    SELECT entity, outcome, field, reason, change, severity, count(*) FILTER (own) AS findings, bool_and(own) AS alone
    FROM every GROUP BY ALL HAVING findings > 0
),
valued AS (
    SELECT k.entity, k.outcome, k.field, k.reason, k.change, k.severity, k.findings, k.alone, t.trait,
           e.traits ->> t.trait AS value, bool_or(e.own) AS own, bool_or(NOT e.own) AS other
    FROM kind AS k
    JOIN every AS e ON e.entity = k.entity AND e.outcome = k.outcome AND e.field IS NOT DISTINCT FROM k.field
        AND e.reason = k.reason AND e.change = k.change AND e.severity = k.severity
    CROSS JOIN (VALUES {traits}) AS t (trait)
    GROUP BY ALL
)
SELECT entity, outcome, field, reason, change, severity, findings, alone, trait, count(*) AS held,
       bool_or(value IS NULL) AS without, count(*) FILTER (other) AS mixed
FROM valued
WHERE own
GROUP BY ALL
ORDER BY ALL
