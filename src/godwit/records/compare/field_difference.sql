-- Fields of paired records that do not mean the same on both sides (an absent value equals only an absent value).
-- Parts: entity, table, fields (list of structs name/source/target/differs over s and t), which (condition on the pair p).
SELECT '{entity}' AS entity, p.source_row, p.target_row, p.scope, f.name AS field, f.source AS source_value,
       f.target AS target_value, NULL::VARCHAR AS source_ends, NULL::VARCHAR AS target_ends,
       NULL::VARCHAR AS source_names, NULL::VARCHAR AS target_names
FROM paired.{entity} AS p
JOIN {table} AS s ON s.side = 'source' AND s.row = p.source_row
JOIN {table} AS t ON t.side = 'target' AND t.row = p.target_row
CROSS JOIN LATERAL (SELECT unnest([{fields}]) AS f)
WHERE f.differs AND {which}
