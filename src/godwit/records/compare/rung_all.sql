-- Rows of one entity, on one side, whose patient is paired: what the first rung looks at.
-- Parts: table, side, key (expression), numbers (further columns, each behind a comma).
SELECT c.row, p.scope, {key} AS k{numbers}
FROM {table} AS c
JOIN paired.person AS p ON p.{side}_person = c.person
WHERE c.side = '{side}'
