-- Courses of a drug: what may be issued. The day of cancellation is the end of the course.
SELECT d.file, d.record, CAST(d.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(d.DrugRecordGuid AS VARCHAR), 'row ' || d.file || '.' || d.record) AS key,
    'emis.Prescribing_DrugRecord|' || coalesce(CAST(d.DrugRecordGuid AS VARCHAR), '') AS source_id,
    coalesce(k.codes, '["emis_drug|' || d.CodeId || '"]') AS drug, k.terms AS drug_term,
    coalesce(t.ours, d.PrescriptionType) AS type,
    CASE WHEN d.IsActive THEN 'active' WHEN d.IsActive IS FALSE THEN 'ended' END AS status,
    nullif(d.Dosage, '') AS dosage, gp_or_odd(d.Quantity, d.odd, 'Quantity') AS quantity,
    d.QuantityUnit AS quantity_unit,
    gp_or_odd(gp_known(d.EffectiveDate, d.EffectiveDatePrecision), d.odd, 'EffectiveDate') AS start,
    gp_or_odd(d.CancellationDate, d.odd, 'CancellationDate') AS end_date,
    gp_or_odd(d.EnteredDate || coalesce('T' || d.EnteredTime, ''), d.odd, 'EnteredDate') AS recorded,
    gp_or_odd(CAST(d.NumberOfIssuesAuthorised AS VARCHAR), d.odd, 'NumberOfIssuesAuthorised') AS repeats_allowed,
    gp_or_odd(CAST(d.NumberOfIssues AS VARCHAR), d.odd, 'NumberOfIssues') AS repeats_issued,
    c.name AS performer, r.name AS recorder, p.words AS problem,
    CASE WHEN d.IsConfidential THEN 'confidential' END AS confidentiality,
    gp_extras(['ExpiryDate', 'more', 'odd'], [d.ExpiryDate, d.more, d.odd]) AS extras,
    CASE WHEN d.EffectiveDatePrecision IN ('U', 'Y', 'YM')
         THEN '{"start": "' || d.EffectiveDate || '"}' END AS original
FROM raw.Prescribing_DrugRecord AS d
LEFT JOIN raw.drug AS k ON k.code_id = d.CodeId
LEFT JOIN raw.staff AS c ON c.guid = coalesce(d.ClinicianUserInRoleGuid, d.ClinicanUserInRoleGuid)
LEFT JOIN raw.staff AS r ON r.guid = d.EnteredByUserInRoleGuid
LEFT JOIN raw.problem AS p ON p.patient = d.PatientGuid AND p.guid = d.ProblemObservationGuid
LEFT JOIN raw.value_prescription_type AS t ON t.delivered = d.PrescriptionType
WHERE d.Deleted IS NOT TRUE
