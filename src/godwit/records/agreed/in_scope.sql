-- Which findings each agreement is about, whether it holds or not. A finding may be within several.
SELECT DISTINCT f.finding, a.ordinal, a.id
FROM finding.caused AS f
JOIN finding.agreement AS a
    ON a.entity = f.entity AND a.outcome = f.outcome AND a.reason = f.reason
    AND a.field IS NOT DISTINCT FROM f.field AND (a.cause IS NULL OR a.cause IN (f.cause, f.detail))
