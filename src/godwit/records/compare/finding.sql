-- All findings, before they are grouped: unexplained differences, missing records, unexpected records. Their severity is
-- the usual one of their kind; when they are grouped, a rule of clinical risk that fits has the last word.
WITH
found AS (
    SELECT d.entity, 'different' AS outcome, d.field, d.scope, d.source_row, d.target_row, d.source_value,
           d.target_value, v.reason
    FROM finding.difference AS d
    JOIN finding.verdict AS v
        ON v.entity = d.entity AND v.source_row = d.source_row AND v.field = d.field AND v.rule IS NULL
    UNION ALL
    SELECT entity, CASE side WHEN 'source' THEN 'missing' ELSE 'unexpected' END, NULL, scope,
           CASE side WHEN 'source' THEN row END, CASE side WHEN 'target' THEN row END,
           CASE side WHEN 'source' THEN gist END, CASE side WHEN 'target' THEN gist END, reason
    FROM finding.unpaired
)
SELECT f.*, s.file AS source_file, s.record AS source_record, s.source_id, s.person AS source_person,
       t.file AS target_file, t.record AS target_record, t.source_id AS target_id, t.person AS target_person,
       coalesce(by_field.severity, by_entity.severity) AS severity
FROM found AS f
LEFT JOIN finding.told AS s ON s.entity = f.entity AND s.side = 'source' AND s.row = f.source_row
LEFT JOIN finding.told AS t ON t.entity = f.entity AND t.side = 'target' AND t.row = f.target_row
LEFT JOIN finding.severity AS by_field
    ON by_field.entity = f.entity AND by_field.outcome = f.outcome AND by_field.field = f.field
LEFT JOIN finding.severity AS by_entity
    ON by_entity.entity = f.entity AND by_entity.outcome = f.outcome AND by_entity.field IS NULL
