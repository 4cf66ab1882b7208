-- How those pairs of one entity are written of which the ladder does not say so, where it is not alike; only their
-- records are read. Parts: entity, meant (query over `told` with what the losses leave), numbers (columns told of a row
-- c, each behind a comma), form (number over s and t: a bit for each column and loss).
SELECT * FROM (
    WITH
    pair AS MATERIALIZED (SELECT source_row, target_row FROM paired.{entity} WHERE form IS NULL),
    told AS (
        SELECT c.* FROM canonical.{entity} AS c SEMI JOIN pair AS p ON p.source_row = c.row WHERE c.side = 'source'
        UNION ALL
        SELECT c.* FROM canonical.{entity} AS c SEMI JOIN pair AS p ON p.target_row = c.row WHERE c.side = 'target'
    ),
    meant AS MATERIALIZED (SELECT c.side, c.row{numbers} FROM ({meant}) AS c)
    SELECT '{entity}' AS entity, p.source_row, {form} AS form
    FROM pair AS p
    JOIN meant AS s ON s.side = 'source' AND s.row = p.source_row
    JOIN meant AS t ON t.side = 'target' AND t.row = p.target_row
)
WHERE form > 0
