-- Coded entries that no other kind of record takes: neither referral, document, allergy nor immunisation.
-- A problem's entry stays here too: the problem is a second row about it.
-- Extras are joined as text, not by gp_extras: four times as fast where there are millions of rows.
-- Ranges of a row without a value are those of a report header and mean nothing: they are kept aside, as delivered.
SELECT o.file, o.record, CAST(o.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(o.ObservationGuid AS VARCHAR), 'row ' || o.file || '.' || o.record) AS key,
    'emis.CareRecord_Observation|' || coalesce(CAST(o.ObservationGuid AS VARCHAR), '') AS source_id,
    CASE coalesce(k.kind, t.ours) WHEN 'family_history' THEN 'family_history' ELSE 'entry' END AS kind,
    coalesce(k.codes, '["emis|' || o.CodeId || '"]') AS code, k.terms AS code_term,
    gp_or_odd(gp_known(o.EffectiveDate, o.EffectiveDatePrecision), o.odd, 'EffectiveDate') AS effective,
    gp_or_odd(o.EnteredDate || coalesce('T' || o.EnteredTime, ''), o.odd, 'EnteredDate') AS recorded,
    gp_or_odd(o.Value, o.odd, 'Value') AS value, o.NumericUnit AS unit,
    CASE WHEN o.Value IS NOT NULL OR o.odd IS NOT NULL
         THEN gp_or_odd(o.NumericRangeLow, o.odd, 'NumericRangeLow') END AS range_low,
    CASE WHEN o.Value IS NOT NULL OR o.odd IS NOT NULL
         THEN gp_or_odd(o.NumericRangeHigh, o.odd, 'NumericRangeHigh') END AS range_high,
    o.AssociatedText AS text, q.ours AS qualifiers, q.relation AS relation_text,
    coalesce(e.ours, o.Episode) AS episode, CAST(o.Abnormal AS VARCHAR) AS abnormal,
    c.name AS performer, r.name AS recorder, s.start AS consultation, p.words AS problem, g.term AS parent,
    CASE WHEN o.IsConfidential THEN 'confidential' END AS confidentiality,
    nullif('{' || concat_ws(',',
        '"AbnormalReason":[' || to_json(o.AbnormalReason) || ']',
        CASE WHEN t.ours <> k.kind THEN '"EmisCodeCategoryDescription":[' || to_json(k.category) || ']' END,
        CASE WHEN o.Value IS NULL THEN '"NumericRangeHigh":["' || o.NumericRangeHigh || '"]' END,
        CASE WHEN o.Value IS NULL THEN '"NumericRangeLow":["' || o.NumericRangeLow || '"]' END,
        '"ObservationType":[' || to_json(o.ObservationType) || ']',
        '"more":[' || to_json(o.more) || ']', '"odd":[' || to_json(o.odd) || ']') || '}', '{}') AS extras,
    CASE WHEN o.EffectiveDatePrecision IN ('U', 'Y', 'YM')
         THEN '{"effective": "' || o.EffectiveDate || '"}' END AS original
FROM raw.CareRecord_Observation AS o
LEFT JOIN raw.code AS k ON k.code_id = o.CodeId
LEFT JOIN raw.value_observation_type AS t ON t.delivered = o.ObservationType
LEFT JOIN raw.referred AS f ON f.patient = o.PatientGuid AND f.guid = o.ObservationGuid
LEFT JOIN raw.staff AS c ON c.guid = o.ClinicianUserInRoleGuid
LEFT JOIN raw.staff AS r ON r.guid = o.EnteredByUserInRoleGuid
LEFT JOIN raw.contact AS s ON s.patient = o.PatientGuid AND s.guid = o.ConsultationGuid
LEFT JOIN raw.problem AS p ON p.patient = o.PatientGuid AND p.guid = o.ProblemGuid AND p.guid <> o.ObservationGuid
LEFT JOIN raw.parent AS g ON g.patient = o.PatientGuid AND g.guid = o.ParentObservationGuid
LEFT JOIN raw.qualifier AS q ON q.delivered = o.Qualifiers
LEFT JOIN raw.value_episode AS e ON e.delivered = o.Episode
WHERE o.Deleted IS NOT TRUE AND f.guid IS NULL AND o.DocumentGuid IS NULL
  AND coalesce(k.kind, t.ours, 'entry') NOT IN ('allergy', 'immunisation')
