-- The marks of the findings of a cause, kind by kind, and whether other findings of that kind have the same.
-- Parts: cause (quoted), kinds (rows of place, entity, outcome, field, reason, change, severity, alike), mark (of
-- f.traits, in what k.alike names).
SELECT k.place, {mark} AS mark, bool_or(f.cause <> {cause} OR f.agreement IS NOT NULL) AS mixed
FROM this AS f
JOIN (VALUES {kinds}) AS k (place, entity, outcome, field, reason, change, severity, alike)
    ON k.entity = f.entity AND k.outcome = f.outcome AND k.field IS NOT DISTINCT FROM f.field AND k.reason = f.reason
    AND k.change = f.change AND k.severity = f.severity
WHERE k.alike <> ''
GROUP BY ALL
HAVING bool_or(f.cause = {cause} AND f.agreement IS NULL)
ORDER BY ALL
