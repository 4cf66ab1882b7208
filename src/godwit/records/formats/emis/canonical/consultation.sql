-- Consultations. The extract gives the day; the time stands only in the moment of entry.
SELECT o.file, o.record, CAST(o.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(o.ConsultationGuid AS VARCHAR), 'row ' || o.file || '.' || o.record) AS key,
    'emis.CareRecord_Consultation|' || coalesce(CAST(o.ConsultationGuid AS VARCHAR), '') AS source_id,
    coalesce(k.codes, '["emis|' || o.ConsultationSourceCodeId || '"]') AS type, k.terms AS type_term,
    o.ConsultationSourceTerm AS type_text,
    gp_or_odd(gp_known(o.EffectiveDate, o.EffectiveDatePrecision), o.odd, 'EffectiveDate') AS start,
    gp_or_odd(o.EnteredDate || coalesce('T' || o.EnteredTime, ''), o.odd, 'EnteredDate') AS recorded,
    c.name AS performer, r.name AS recorder,
    CASE WHEN o.IsConfidential THEN 'confidential' END AS confidentiality,
    gp_extras(
        ['Complete', 'ConsultationType', 'more', 'odd'],
        [CASE WHEN o.Complete IS FALSE THEN 'false' END, o.ConsultationType, o.more, o.odd]) AS extras,
    CASE WHEN o.EffectiveDatePrecision IN ('U', 'Y', 'YM')
         THEN '{"start": "' || o.EffectiveDate || '"}' END AS original
FROM raw.CareRecord_Consultation AS o
LEFT JOIN raw.code AS k ON k.code_id = o.ConsultationSourceCodeId
LEFT JOIN raw.staff AS c ON c.guid = o.ClinicianUserInRoleGuid
LEFT JOIN raw.staff AS r ON r.guid = o.EnteredByUserInRoleGuid
WHERE o.Deleted IS NOT TRUE
