-- Pair records that stand under another patient on the other side and are equal in every field that both formats hold,
-- where a record moved between the same two patients already, either way, and between them each is the only one like it.
-- Parts: telling (condition: enough is known of the record to know it again).
WITH
met AS (
    SELECT s.scope AS here, t.scope AS there
    FROM climb.pair AS u
    JOIN climb.remaining AS s ON s.side = 'source' AND s.row = u.source_row
    JOIN climb.remaining AS t ON t.side = 'target' AND t.row = u.target_row
    WHERE u.rung = 'moved' AND s.scope IS NOT NULL AND t.scope IS NOT NULL
),
ways AS (SELECT here, there FROM met UNION SELECT there, here FROM met),
source AS (
    SELECT c.row, c.scope, c.content, w.there
    FROM climb.remaining AS c
    JOIN ways AS w ON w.here = c.scope
    WHERE c.side = 'source' AND {telling}
      AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.source_row = c.row)
),
target AS (
    SELECT c.row, c.scope, c.content
    FROM climb.remaining AS c
    WHERE c.side = 'target' AND {telling}
      AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.target_row = c.row)
)
SELECT source.row AS source_row, target.row AS target_row, source.scope, 'moved' AS rung
FROM source
JOIN target ON target.scope = source.there AND target.content = source.content
QUALIFY count(*) OVER (PARTITION BY source.row) = 1 AND count(*) OVER (PARTITION BY target.row) = 1
