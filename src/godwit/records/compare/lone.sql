-- Records of one entity without a counterpart, with the number of their patient's pair (null where nobody is paired
-- with the patient). Parts: entity.
SELECT '{entity}' AS entity, r.side, r.row, p.scope
FROM canonical.{entity} AS r
LEFT JOIN paired.person AS p ON p.source_person = r.person
WHERE r.side = 'source' AND NOT EXISTS (SELECT 1 FROM paired.{entity} AS q WHERE q.source_row = r.row)
UNION ALL
SELECT '{entity}', r.side, r.row, p.scope
FROM canonical.{entity} AS r
LEFT JOIN paired.person AS p ON p.target_person = r.person
WHERE r.side = 'target' AND NOT EXISTS (SELECT 1 FROM paired.{entity} AS q WHERE q.target_row = r.row)
