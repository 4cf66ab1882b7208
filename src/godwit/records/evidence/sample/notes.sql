-- What the comparison says of the lines, by place in the sample: findings first (with their number), then rules that
-- explain a difference.
WITH line AS (
    SELECT DISTINCT place, entity, source_row, target_row FROM shown.line
)
SELECT l.place, f.entity, f.source_row, f.target_row, f.field, f.source_value, f.target_value, f.reason, f.severity, f.finding,
    NULL::VARCHAR AS rule, a.agreement
FROM finding.caused AS f
LEFT JOIN finding.agreed AS a USING (finding)
JOIN line AS l ON l.entity = f.entity AND l.source_row IS NOT DISTINCT FROM f.source_row
    AND l.target_row IS NOT DISTINCT FROM f.target_row
UNION ALL
SELECT l.place, v.entity, v.source_row, v.target_row, v.field, NULL, NULL, NULL, NULL, NULL, v.rule, NULL
FROM finding.verdict AS v
JOIN line AS l ON l.entity = v.entity AND l.source_row = v.source_row
WHERE v.rule IS NOT NULL
ORDER BY ALL
