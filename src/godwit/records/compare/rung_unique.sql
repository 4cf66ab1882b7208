-- Pair rows whose key occurs exactly once on each side within the patient; ambiguous keys are left to later rungs.
-- Parts: source, target (queries made from rung_free.sql or rung_all.sql), rung, form (nothing,
-- or a comma and how the pair is written).
WITH
source AS (SELECT scope, k, min(row) AS row, count(*) AS n FROM ({source}) WHERE k IS NOT NULL GROUP BY scope, k),
target AS (SELECT scope, k, min(row) AS row, count(*) AS n FROM ({target}) WHERE k IS NOT NULL GROUP BY scope, k)
SELECT s.row AS source_row, t.row AS target_row, s.scope, '{rung}' AS rung{form}
FROM source AS s
JOIN target AS t ON s.scope = t.scope AND s.k = t.k AND s.n = 1 AND t.n = 1
