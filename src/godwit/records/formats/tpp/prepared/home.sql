-- The practices this extract is about, by ODS code: staff of every other organisation are only names in its records.
SELECT DISTINCT upper(IDOrganisationVisibleTo) AS ods
FROM raw.SRPatient
WHERE IDOrganisationVisibleTo IS NOT NULL
