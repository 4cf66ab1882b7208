-- Pairs of one entity with a field that is written otherwise and means the same: for every field and loss whether the
-- loss is what explains it. Parts: entity, table, flags (expressions over s and t AS f0, f1 …), either (f0 OR f1 …).
SELECT * FROM (
    SELECT p.source_row, {flags}
    FROM paired.{entity} AS p
    JOIN {table} AS s ON s.side = 'source' AND s.row = p.source_row
    JOIN {table} AS t ON t.side = 'target' AND t.row = p.target_row
)
WHERE {either}
