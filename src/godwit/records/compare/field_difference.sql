-- Fields of paired records that are not the same text on both sides (an absent value equals only an absent value).
-- Parts: entity, fields (list of structs name/source/target over s and t).
SELECT '{entity}' AS entity, p.source_row, p.target_row, p.scope, f.name AS field, f.source AS source_value,
       f.target AS target_value, NULL::VARCHAR AS source_ends, NULL::VARCHAR AS target_ends,
       NULL::VARCHAR AS source_names, NULL::VARCHAR AS target_names
FROM paired.{entity} AS p
JOIN canonical.{entity} AS s ON s.side = 'source' AND s.row = p.source_row
JOIN canonical.{entity} AS t ON t.side = 'target' AND t.row = p.target_row
CROSS JOIN LATERAL (SELECT unnest([{fields}]) AS f)
WHERE f.source IS DISTINCT FROM f.target
