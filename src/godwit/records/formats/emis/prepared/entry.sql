-- The coded entries that problems and referrals extend: one row per key, even where a delivery repeats it.
WITH wanted AS (
    SELECT PatientGuid, ObservationGuid FROM raw.CareRecord_Problem
    UNION
    SELECT PatientGuid, ObservationGuid FROM raw.CareRecord_ObservationReferral
), found AS (
    SELECT o.*,
        row_number() OVER (PARTITION BY o.PatientGuid, o.ObservationGuid ORDER BY o.file DESC, o.record DESC) AS turn
    FROM raw.CareRecord_Observation AS o
    JOIN wanted AS w ON w.PatientGuid = o.PatientGuid AND w.ObservationGuid = o.ObservationGuid
)
SELECT f.PatientGuid AS patient, f.ObservationGuid AS guid, f.Deleted AS deleted,
    coalesce(k.codes, '["emis|' || f.CodeId || '"]') AS codes, k.terms, k.term,
    gp_or_odd(gp_known(f.EffectiveDate, f.EffectiveDatePrecision), f.odd, 'EffectiveDate') AS effective,
    CASE WHEN f.EffectiveDatePrecision IN ('U', 'Y', 'YM') THEN f.EffectiveDate END AS padded,
    gp_or_odd(f.EnteredDate || coalesce('T' || f.EnteredTime, ''), f.odd, 'EnteredDate') AS recorded,
    f.AssociatedText AS words, f.IsConfidential AS confidential, f.DocumentGuid AS document, f.Qualifiers AS qualifiers,
    c.name AS performer, r.name AS recorder, s.start
FROM found AS f
LEFT JOIN raw.code AS k ON k.code_id = f.CodeId
LEFT JOIN raw.staff AS c ON c.guid = f.ClinicianUserInRoleGuid
LEFT JOIN raw.staff AS r ON r.guid = f.EnteredByUserInRoleGuid
LEFT JOIN raw.contact AS s ON s.patient = f.PatientGuid AND s.guid = f.ConsultationGuid
WHERE f.turn = 1
