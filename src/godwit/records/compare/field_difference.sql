-- Fields of paired records that do not mean the same on both sides (an absent value equals only an absent value). Only
-- the records of pairs that may differ are read whole.
-- Parts: entity, which (condition on the pair p), meant (query over `told` with what the losses leave), columns (of c that
-- are needed), fields (list of structs name/source/target over s and t, null where both mean the same).
SELECT '{entity}' AS entity, source_row, target_row, scope, f.name AS field, f.source AS source_value,
       f.target AS target_value, NULL::VARCHAR AS source_ends, NULL::VARCHAR AS target_ends,
       NULL::VARCHAR AS source_names, NULL::VARCHAR AS target_names
FROM (
    WITH
    pair AS MATERIALIZED (SELECT source_row, target_row, scope FROM paired.{entity} AS p WHERE {which}),
    told AS (
        SELECT c.* FROM canonical.{entity} AS c SEMI JOIN pair AS p ON p.source_row = c.row WHERE c.side = 'source'
        UNION ALL
        SELECT c.* FROM canonical.{entity} AS c SEMI JOIN pair AS p ON p.target_row = c.row WHERE c.side = 'target'
    ),
    meant AS MATERIALIZED (SELECT c.side, c.row, {columns} FROM ({meant}) AS c)
    SELECT p.source_row, p.target_row, p.scope, unnest(list_filter([{fields}], lambda one: one IS NOT NULL)) AS f
    FROM pair AS p
    JOIN meant AS s ON s.side = 'source' AND s.row = p.source_row
    JOIN meant AS t ON t.side = 'target' AND t.row = p.target_row
)
