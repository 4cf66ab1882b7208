-- Entries whose code is of an allergy category (of a code the dictionary lacks: whose row says so).
SELECT o.file, o.record, CAST(o.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(o.ObservationGuid AS VARCHAR), 'row ' || o.file || '.' || o.record) AS key,
    'emis.CareRecord_Observation|' || coalesce(CAST(o.ObservationGuid AS VARCHAR), '') AS source_id,
    coalesce(k.codes, '["emis|' || o.CodeId || '"]') AS code, k.terms AS code_term, k.agent,
    a.ours AS category,
    gp_or_odd(gp_known(o.EffectiveDate, o.EffectiveDatePrecision), o.odd, 'EffectiveDate') AS onset,
    gp_or_odd(o.EnteredDate || coalesce('T' || o.EnteredTime, ''), o.odd, 'EnteredDate') AS recorded,
    o.AssociatedText AS text, q.ours AS qualifiers, lower(q.severity) AS severity,
    lower(q.verification) AS verification, q.reaction AS reaction_text,
    c.name AS performer, r.name AS recorder, s.start AS consultation,
    CASE WHEN o.IsConfidential THEN 'confidential' END AS confidentiality,
    gp_extras(
        ['Episode', 'NumericUnit', 'ObservationType', 'ParentObservationGuid', 'ProblemGuid', 'Value',
         'more', 'odd'],
        [o.Episode, o.NumericUnit, o.ObservationType, g.term, p.words, o.Value, o.more, o.odd]) AS extras,
    CASE WHEN o.EffectiveDatePrecision IN ('U', 'Y', 'YM')
         THEN '{"onset": "' || o.EffectiveDate || '"}' END AS original
FROM raw.CareRecord_Observation AS o
LEFT JOIN raw.code AS k ON k.code_id = o.CodeId
LEFT JOIN raw.value_observation_type AS t ON t.delivered = o.ObservationType
LEFT JOIN raw.value_allergy_category AS a ON a.delivered = k.category
LEFT JOIN raw.referred AS f ON f.patient = o.PatientGuid AND f.guid = o.ObservationGuid
LEFT JOIN raw.staff AS c ON c.guid = o.ClinicianUserInRoleGuid
LEFT JOIN raw.staff AS r ON r.guid = o.EnteredByUserInRoleGuid
LEFT JOIN raw.contact AS s ON s.patient = o.PatientGuid AND s.guid = o.ConsultationGuid
LEFT JOIN raw.problem AS p ON p.patient = o.PatientGuid AND p.guid = o.ProblemGuid
LEFT JOIN raw.parent AS g ON g.patient = o.PatientGuid AND g.guid = o.ParentObservationGuid
LEFT JOIN raw.qualifier AS q ON q.delivered = o.Qualifiers
WHERE o.Deleted IS NOT TRUE AND f.guid IS NULL AND o.DocumentGuid IS NULL
  AND coalesce(k.kind, t.ours, 'entry') = 'allergy'
