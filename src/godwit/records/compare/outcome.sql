-- The outcome of every pair: different if any difference is left unexplained, equivalent if all are explained, by a rule
-- or by what a format must lose.
WITH
judged AS (
    SELECT entity, source_row, count(*) FILTER (WHERE rule IS NULL) AS unexplained FROM finding.verdict GROUP BY ALL
)
SELECT p.entity, p.source_row, p.target_row, p.scope, p.rung,
       CASE WHEN v.unexplained > 0 THEN 'different'
            WHEN v.source_row IS NOT NULL OR p.form > 0 OR f.source_row IS NOT NULL THEN 'equivalent'
            ELSE 'identical' END AS outcome
FROM paired.record AS p
LEFT JOIN judged AS v ON v.entity = p.entity AND v.source_row = p.source_row
LEFT JOIN finding.form AS f ON f.entity = p.entity AND f.source_row = p.source_row
