-- Pair rows with the same key in order of appearance: the first with the first, the second with the second.
-- Parts: source, target (queries made from rung_free.sql or rung_all.sql), rung, form (nothing,
-- or a comma and how the pair is written).
WITH
source AS (SELECT *, row_number() OVER (PARTITION BY scope, k ORDER BY row) AS n FROM ({source})),
target AS (SELECT *, row_number() OVER (PARTITION BY scope, k ORDER BY row) AS n FROM ({target}))
SELECT s.row AS source_row, t.row AS target_row, s.scope, '{rung}' AS rung{form}
FROM source AS s
JOIN target AS t ON s.scope = t.scope AND s.k = t.k AND s.n = t.n
