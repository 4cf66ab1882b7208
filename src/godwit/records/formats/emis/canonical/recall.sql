-- Diary entries: what is due. The words the author saw travel beside the term of the code.
SELECT d.file, d.record, CAST(d.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(d.DiaryGuid AS VARCHAR), 'row ' || d.file || '.' || d.record) AS key,
    'emis.CareRecord_Diary|' || coalesce(CAST(d.DiaryGuid AS VARCHAR), '') AS source_id,
    coalesce(k.codes, '["emis|' || d.CodeId || '"]') AS code, k.terms AS code_term, d.OriginalTerm AS code_text,
    gp_or_odd(gp_known(d.EffectiveDate, d.EffectiveDatePrecision), d.odd, 'EffectiveDate') AS due,
    gp_or_odd(d.EnteredDate || coalesce('T' || d.EnteredTime, ''), d.odd, 'EnteredDate') AS authored,
    CASE WHEN d.IsComplete THEN 'completed' WHEN d.IsActive THEN 'active' ELSE 'inactive' END AS status,
    d.AssociatedText AS text, c.name AS performer, s.start AS consultation,
    CASE WHEN d.IsConfidential THEN 'confidential' END AS confidentiality,
    gp_extras(
        ['DurationTerm', 'EnteredByUserInRoleGuid', 'LocationTypeDescription', 'more', 'odd'],
        [d.DurationTerm, r.name, d.LocationTypeDescription, d.more, d.odd]) AS extras,
    CASE WHEN d.EffectiveDatePrecision IN ('U', 'Y', 'YM')
         THEN '{"due": "' || d.EffectiveDate || '"}' END AS original
FROM raw.CareRecord_Diary AS d
LEFT JOIN raw.code AS k ON k.code_id = d.CodeId
LEFT JOIN raw.staff AS c ON c.guid = coalesce(d.ClinicianUserInRoleGuid, d.ClinicanUserInRoleGuid)
LEFT JOIN raw.staff AS r ON r.guid = d.EnteredByUserInRoleGuid
LEFT JOIN raw.contact AS s ON s.patient = d.PatientGuid AND s.guid = d.ConsultationGuid
WHERE d.Deleted IS NOT TRUE
