-- Every difference of one entity with both records beside it, in the order of the source.
-- Parts: entity.
SELECT d.field, d.source_value, d.target_value, d.source_ends, d.target_ends, d.source_names, d.target_names,
       d.source_row, d.target_row, to_json(s)::VARCHAR AS source_record, to_json(t)::VARCHAR AS target_record
FROM finding.difference AS d
JOIN canonical.{entity} AS s ON s.side = 'source' AND s.row = d.source_row
JOIN canonical.{entity} AS t ON t.side = 'target' AND t.row = d.target_row
WHERE d.entity = '{entity}'
ORDER BY d.source_row, d.field
