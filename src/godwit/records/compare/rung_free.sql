-- Rows of one entity, on one side, whose patient is paired and that no earlier rung has paired.
-- Parts: side, key (expression).
SELECT c.row, c.scope, {key} AS k
FROM climb.remaining AS c
WHERE c.side = '{side}' AND c.scope IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.{side}_row = c.row)
