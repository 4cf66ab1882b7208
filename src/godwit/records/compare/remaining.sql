-- Make climb.remaining: what the first rung left of one entity on both sides, with what the later rungs look at, after
-- the losses of both formats. The rows are found first and read whole only then, since on most days they are few.
-- Parts: entity, meant (query over `remaining` with the losses applied), columns (expressions over c).
CREATE OR REPLACE TABLE climb.remaining AS
WITH
lone AS MATERIALIZED (
    SELECT c.side, c.row, c.person FROM canonical.{entity} AS c
    WHERE c.side = 'source' AND NOT EXISTS (SELECT 1 FROM paired.{entity} AS u WHERE u.source_row = c.row)
    UNION ALL
    SELECT c.side, c.row, c.person FROM canonical.{entity} AS c
    WHERE c.side = 'target' AND NOT EXISTS (SELECT 1 FROM paired.{entity} AS u WHERE u.target_row = c.row)
),
remaining AS (
    SELECT c.*, CASE c.side WHEN 'source' THEN s.scope ELSE t.scope END AS scope
    FROM lone AS l
    JOIN canonical.{entity} AS c ON c.side = l.side AND c.row = l.row
    LEFT JOIN paired.person AS s ON c.side = 'source' AND s.source_person = c.person
    LEFT JOIN paired.person AS t ON c.side = 'target' AND t.target_person = c.person
)
SELECT c.side, c.row, c.scope, {columns} FROM ({meant}) AS c
