-- Values of both sides beside each other, with how many records of each code and unit have a finding behind them that
-- touches code, value or unit, and how many a rule that holds them for equal.
WITH
touched AS (
    SELECT 'finding' AS kind, f.source_row, f.target_row
    FROM finding.caused AS f
    WHERE f.entity = 'observation' AND (f.field IS NULL OR f.field IN ('code', 'value', 'unit', 'patient'))
    UNION ALL
    SELECT 'rule', v.source_row, v.target_row
    FROM finding.verdict AS v
    WHERE v.entity = 'observation' AND v.rule IS NOT NULL AND v.field IN ('code', 'value', 'unit')
),
rows AS (
    SELECT DISTINCT t.kind, c.code, c.unit, c.side, c.row
    FROM touched AS t JOIN canonical.observation AS c ON c.side = 'source' AND c.row = t.source_row
    WHERE c.value IS NOT NULL
    UNION ALL
    SELECT DISTINCT t.kind, c.code, c.unit, c.side, c.row
    FROM touched AS t JOIN canonical.observation AS c ON c.side = 'target' AND c.row = t.target_row
    WHERE c.value IS NOT NULL
),
behind AS (
    SELECT d.held AS code, coalesce({unit}, '') AS unit, count(*) FILTER (WHERE c.kind = 'finding') AS findings,
           count(*) FILTER (WHERE c.kind = 'rule') AS rules
    FROM rows AS c
    JOIN reconcile.code AS d ON d.entity = 'observation' AND d.code = c.code
    GROUP BY ALL
),
beside AS (
    SELECT code, unit,
           coalesce(max(n) FILTER (WHERE side = 'source'), 0) AS source_n, coalesce(max(n) FILTER (WHERE side = 'target'), 0) AS target_n,
           max(total) FILTER (WHERE side = 'source') AS source_total, max(total) FILTER (WHERE side = 'target') AS target_total,
           max(least) FILTER (WHERE side = 'source') AS source_least, max(least) FILTER (WHERE side = 'target') AS target_least,
           max(most) FILTER (WHERE side = 'source') AS source_most, max(most) FILTER (WHERE side = 'target') AS target_most,
           max(patients) AS patients
    FROM reconcile.value GROUP BY ALL
)
SELECT b.*, coalesce(f.findings, 0) AS findings, coalesce(f.rules, 0) AS rules,
       count(*) OVER (PARTITION BY b.code) AS units
FROM beside AS b
LEFT JOIN behind AS f ON f.code = b.code AND f.unit = b.unit
ORDER BY b.source_n + b.target_n DESC, b.code, b.unit
