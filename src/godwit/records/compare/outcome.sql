-- The outcome of every pair: different if any difference is left unexplained, equivalent if all are explained.
SELECT p.entity, p.source_row, p.target_row, p.scope, p.rung,
       CASE WHEN count(v.field) FILTER (WHERE v.rule IS NULL) > 0 THEN 'different'
            WHEN count(v.field) > 0 THEN 'equivalent'
            ELSE 'identical' END AS outcome
FROM paired.record AS p
LEFT JOIN finding.verdict AS v ON v.entity = p.entity AND v.source_row = p.source_row
GROUP BY ALL
