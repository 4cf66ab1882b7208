-- The rows to show, with what stands at the other end of their links as columns. Parts: rows, names (aggregates).
WITH linked AS (
    SELECT l.side, l.row, l.role, coalesce(p.name, l.words) AS words
    FROM canonical.link AS l
    LEFT JOIN paired.label AS p ON p.side = l.side AND p.row = l.target
), named AS (
    SELECT side, row, {names} FROM linked GROUP BY side, row
)
SELECT r.*, n.* EXCLUDE (side, row)
FROM (
{rows}
) AS r
LEFT JOIN named AS n ON n.side = r.side AND n.row = r.row
