-- Current rows of removed patients. Parts: gone, kind, raw, removed, on_patient.
INSERT INTO {gone}
SELECT DISTINCT '{kind}', s.file, s.record, 'withheld_with_patient'
FROM {raw} AS s JOIN {removed} AS r ON {on_patient}
