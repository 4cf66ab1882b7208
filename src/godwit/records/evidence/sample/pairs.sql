-- Every line of the page for one kind of record: whose record (place in the sample), the row on either side. A pair
-- whose rows belong to two patients of the sample stands with both. Parts: entity.
WITH own AS (
    SELECT p.place, c.side, c.row
    FROM canonical.{entity} AS c
    JOIN shown.person AS p ON p.side = c.side AND p.person = c.person
), paired AS (
    SELECT o.place, q.source_row, q.target_row
    FROM paired.{entity} AS q JOIN own AS o ON o.side = 'source' AND o.row = q.source_row
    UNION
    SELECT o.place, q.source_row, q.target_row
    FROM paired.{entity} AS q JOIN own AS o ON o.side = 'target' AND o.row = q.target_row
)
SELECT '{entity}' AS entity, place, source_row, target_row FROM paired
UNION ALL
SELECT '{entity}', o.place, CASE o.side WHEN 'source' THEN o.row END, CASE o.side WHEN 'target' THEN o.row END
FROM own AS o
ANTI JOIN paired AS s ON o.side = 'source' AND s.source_row = o.row
ANTI JOIN paired AS t ON o.side = 'target' AND t.target_row = o.row
