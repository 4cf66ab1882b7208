-- Pair records that stand under another patient on the other side and are equal in every field that both formats hold,
-- where each is the only one like it that its side has left in the whole practice. A patient who is on one side only
-- has no scope; the practice's own records (scope 0) belong to nobody. `went` and `came` count what two patients have of
-- each other: both, and they changed places.
-- Parts: telling (condition: enough is known of the record to know it again), minute (condition: so is a minute),
-- enough (condition over minute, went and came).
WITH
source AS (
    SELECT c.content, min(c.row) AS row, min(c.scope) AS scope, bool_and({minute}) AS minute, count(*) AS n
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
),
twin AS (
    SELECT source.row AS source_row, target.row AS target_row, coalesce(source.scope, target.scope) AS scope,
           source.minute, count(*) FILTER (WHERE source.scope < target.scope) OVER both_ways AS went,
           count(*) FILTER (WHERE source.scope > target.scope) OVER both_ways AS came
    FROM source
    JOIN target ON source.content = target.content AND source.n = 1 AND target.n = 1
    WHERE source.scope IS DISTINCT FROM target.scope
    WINDOW both_ways AS (PARTITION BY least(source.scope, target.scope), greatest(source.scope, target.scope))
)
SELECT source_row, target_row, scope, 'moved' AS rung FROM twin WHERE {enough}
