-- Pair rows whose key occurs exactly once on each side within the patient; ambiguous keys are left to later rungs.
-- Parts: source, target (queries made from rung_free.sql or rung_all.sql), rung.
WITH
source AS (SELECT scope, k, min(row) AS row, count(*) AS n FROM ({source}) WHERE k IS NOT NULL GROUP BY scope, k),
target AS (SELECT scope, k, min(row) AS row, count(*) AS n FROM ({target}) WHERE k IS NOT NULL GROUP BY scope, k)
SELECT source.row AS source_row, target.row AS target_row, source.scope, '{rung}' AS rung
FROM source
JOIN target ON source.scope = target.scope AND source.k = target.k AND source.n = 1 AND target.n = 1
