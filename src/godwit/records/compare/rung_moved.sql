-- Pair records that stand under another patient on the other side and are equal in every field that both formats hold,
-- where each is the only one like it that its side has left in the whole practice. A patient who is on one side only
-- has no scope; the practice's own records (scope 0) belong to nobody.
-- Parts: telling (condition: enough is known of the record to know it again).
WITH
source AS (
    SELECT c.content, min(c.row) AS row, min(c.scope) AS scope, count(*) AS n
    FROM climb.remaining AS c
    WHERE c.side = 'source' AND c.scope IS DISTINCT FROM 0 AND {telling}
      AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.source_row = c.row)
    GROUP BY c.content
),
target AS (
    SELECT c.content, min(c.row) AS row, min(c.scope) AS scope, count(*) AS n
    FROM climb.remaining AS c
    WHERE c.side = 'target' AND c.scope IS DISTINCT FROM 0 AND {telling}
      AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.target_row = c.row)
    GROUP BY c.content
)
SELECT source.row AS source_row, target.row AS target_row, coalesce(source.scope, target.scope) AS scope,
       'moved' AS rung
FROM source
JOIN target ON source.content = target.content AND source.n = 1 AND target.n = 1
WHERE source.scope IS DISTINCT FROM target.scope
