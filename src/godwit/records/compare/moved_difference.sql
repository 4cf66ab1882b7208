-- Records that stand under another patient on the other side, as one difference each: whose they are on either side.
-- Parts: entity.
SELECT '{entity}' AS entity, p.source_row, p.target_row, p.scope, 'patient' AS field,
       coalesce(a.nhs_number, 'no NHS number') AS source_value, coalesce(b.nhs_number, 'no NHS number') AS target_value,
       NULL::VARCHAR AS source_ends, NULL::VARCHAR AS target_ends,
       NULL::VARCHAR AS source_names, NULL::VARCHAR AS target_names
FROM paired.{entity} AS p
JOIN canonical.{entity} AS s ON s.side = 'source' AND s.row = p.source_row
JOIN canonical.{entity} AS t ON t.side = 'target' AND t.row = p.target_row
LEFT JOIN (
    SELECT person, min_by(nhs_number, row) AS nhs_number FROM canonical.patient WHERE side = 'source' GROUP BY person
) AS a ON a.person = s.person
LEFT JOIN (
    SELECT person, min_by(nhs_number, row) AS nhs_number FROM canonical.patient WHERE side = 'target' GROUP BY person
) AS b ON b.person = t.person
WHERE p.rung = 'moved'
