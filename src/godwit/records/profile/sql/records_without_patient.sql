-- Appointments are left to a check of their own: suppliers keep those of patients who left on purpose.
SELECT person, kind, file, record, entity AS about FROM profile.entry WHERE person IS NULL
UNION ALL
SELECT person, record_kind, file, record, 'consultation' FROM canonical.consultation WHERE person IS NULL
UNION ALL
SELECT person, record_kind, file, record, 'problem' FROM canonical.problem WHERE person IS NULL
UNION ALL
SELECT person, record_kind, file, record, 'document' FROM canonical.document WHERE person IS NULL
UNION ALL
SELECT person, record_kind, file, record, 'medicine' FROM canonical.medication_authorisation
WHERE person IS NULL AND part = 0
UNION ALL
SELECT person, record_kind, file, record, 'medicine issued' FROM canonical.medication_issue WHERE person IS NULL
