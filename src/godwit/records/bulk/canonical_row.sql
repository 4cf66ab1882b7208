-- The rows of one conversion as canonical rows: numbered, placed with their patient, every column that its SELECT gives.
-- A row's number tells its file, its record and its part. Parts: side, view, kind, part, source_id, person, patient,
-- columns, during.
SELECT '{side}' AS side,
       c.file * 1000000000000 + c.record * 8 + {part} AS row,
       c.file AS file, c.record AS record, {part} AS part,
       '{kind}' AS record_kind,
       {person} AS person,
       {source_id}::VARCHAR AS source_id,
       c.key::VARCHAR AS local_id,
       {during}::VARCHAR AS during,
       {columns}
FROM {view} AS c
LEFT JOIN made_{side}.person AS p ON p.patient = {patient}::VARCHAR
