-- Rows of one entity, on one side, whose patient is paired and that no earlier rung has paired.
-- Parts: table, side, used (table of pairs so far), key (expression).
SELECT c.row, p.scope, {key} AS k
FROM {table} AS c
JOIN paired.person AS p ON p.{side}_person = c.person
WHERE c.side = '{side}'
  AND NOT EXISTS (SELECT 1 FROM {used} AS u WHERE u.{side}_row = c.row)
