-- Rows that say a record is gone. Vision does not say why; the state of a delivery decides what that does.
SELECT file, record, 'Patient' AS kind, 'patient' AS entity, 'removed_by_supplier' AS reason
FROM raw.Patient WHERE upper(ACTION) = 'D'
UNION ALL
SELECT file, record, 'Encounter', 'consultation', 'removed_by_supplier' FROM raw.Encounter WHERE upper(ACTION) = 'D'
UNION ALL
SELECT file, record, 'Journal', 'observation', 'removed_by_supplier' FROM raw.Journal WHERE upper(ACTION) = 'D'
UNION ALL
SELECT file, record, 'Referral', 'referral', 'removed_by_supplier' FROM raw.Referral WHERE upper(ACTION) = 'D'
