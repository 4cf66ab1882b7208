-- Every difference of one entity that its two values alone do not settle, with both records beside it.
-- Parts: entity.
SELECT d.field, d.source_value, d.target_value, d.source_ends, d.target_ends, d.source_names, d.target_names,
       d.source_row, d.target_row, to_json(s)::VARCHAR AS source_record, to_json(t)::VARCHAR AS target_record,
       b.differs
FROM finding.difference AS d
JOIN (SELECT source_row, to_json(list(field ORDER BY field))::VARCHAR AS differs
      FROM finding.difference WHERE entity = '{entity}' GROUP BY source_row) AS b ON b.source_row = d.source_row
JOIN finding.answer AS a
    ON a.entity = d.entity AND a.field = d.field AND a.open
    AND a.source_value IS NOT DISTINCT FROM d.source_value AND a.target_value IS NOT DISTINCT FROM d.target_value
JOIN canonical.{entity} AS s ON s.side = 'source' AND s.row = d.source_row
JOIN canonical.{entity} AS t ON t.side = 'target' AND t.row = d.target_row
WHERE d.entity = '{entity}'
ORDER BY d.source_row, d.field
