-- The registration that stands on the patient's row: the latest one, with its kind, start and end.
-- A registration again overwrites the earlier one; those before it are only in Admin_PatientHistory.
SELECT p.file, p.record, 1 AS part, CAST(p.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(p.PatientGuid AS VARCHAR), 'row ' || p.file || '.' || p.record) AS key,
    'emis.Admin_Patient|' || coalesce(CAST(p.PatientGuid AS VARCHAR), '') AS source_id,
    coalesce(t.ours, p.PatientTypeDescription) AS kind,
    CASE WHEN p.DateOfDeath IS NOT NULL THEN 'dead' WHEN p.DateOfDeactivation IS NOT NULL THEN 'left'
         ELSE 'active' END AS status,
    gp_or_odd(p.DateOfRegistration, p.odd, 'DateOfRegistration') AS start,
    gp_or_odd(p.DateOfDeactivation, p.odd, 'DateOfDeactivation') AS end_date,
    b.name AS organisation,
    CASE WHEN t.ours IS NOT NULL THEN json_object('kind', p.PatientTypeDescription) END AS original
FROM raw.Admin_Patient AS p
LEFT JOIN raw.value_patient_type AS t ON t.delivered = p.PatientTypeDescription
LEFT JOIN raw.body AS b ON b.guid = p.OrganisationGuid
WHERE p.Deleted IS NOT TRUE
