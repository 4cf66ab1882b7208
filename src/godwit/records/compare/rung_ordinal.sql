-- Pair rows with the same key in order of appearance: the first with the first, the second with the second.
-- Parts: source, target (queries made from rung_free.sql or rung_all.sql), rung.
WITH
source AS (SELECT *, row_number() OVER (PARTITION BY scope, k ORDER BY row) AS n FROM ({source})),
target AS (SELECT *, row_number() OVER (PARTITION BY scope, k ORDER BY row) AS n FROM ({target}))
SELECT source.row AS source_row, target.row AS target_row, source.scope, '{rung}' AS rung
FROM source
JOIN target ON source.scope = target.scope AND source.k = target.k AND source.n = target.n
