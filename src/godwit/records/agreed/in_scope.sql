-- Which findings each agreement is about, whether it holds or not. A finding may be within several.
-- Parts: mark (of p.traits, in what a.alike names).
SELECT DISTINCT f.finding, a.ordinal, a.id
FROM finding.caused AS f
JOIN finding.pattern AS p USING (finding)
JOIN finding.agreement AS a
    ON a.entity = f.entity AND a.outcome = f.outcome AND a.reason = f.reason AND a.severity = f.severity
    AND a.field IS NOT DISTINCT FROM f.field AND a.how = p.change
WHERE a.alike = '' OR EXISTS (SELECT 1 FROM finding.mark AS m WHERE m.change = a.change AND m.mark = {mark})
