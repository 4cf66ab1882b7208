-- Verdicts on the differences that are settled by their two values alone.
SELECT d.entity, d.source_row, d.target_row, d.field, a.rule, a.reason
FROM finding.difference AS d
JOIN finding.answer AS a
    ON a.entity = d.entity AND a.field = d.field AND NOT a.open
    AND a.source_value IS NOT DISTINCT FROM d.source_value AND a.target_value IS NOT DISTINCT FROM d.target_value
