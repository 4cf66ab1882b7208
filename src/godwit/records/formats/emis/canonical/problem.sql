-- Problem details: the code, onset and people are those of the entry they extend, which stays a record of its own.
SELECT p.file, p.record, CAST(p.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(p.ObservationGuid AS VARCHAR), 'row ' || p.file || '.' || p.record) AS key,
    'emis.CareRecord_Problem|' || coalesce(CAST(p.ObservationGuid AS VARCHAR), '') AS source_id,
    e.codes AS code, e.terms AS code_term, e.effective AS onset, e.recorded,
    coalesce(s.ours, p.ProblemStatusDescription) AS status, coalesce(g.ours, p.SignificanceDescription) AS significance,
    gp_or_odd(gp_known(p.EndDate, p.EndDatePrecision), p.odd, 'EndDate') AS end_date,
    p.Comment AS text, e.performer, e.start AS consultation,
    coalesce(l.ours, p.ParentProblemRelationship) || ': ' || m.words AS related,
    CASE WHEN e.confidential THEN 'confidential' END AS confidentiality,
    gp_extras(
        ['ExpectedDuration', 'LastReviewDate', 'LastReviewUserInRoleGuid', 'more', 'odd'],
        [CASE WHEN p.ExpectedDuration > 0 THEN CAST(p.ExpectedDuration AS VARCHAR) END,
         gp_known(p.LastReviewDate, p.LastReviewDatePrecision), r.name, p.more, p.odd]) AS extras,
    CASE WHEN e.padded IS NOT NULL OR p.EndDatePrecision IN ('U', 'Y', 'YM')
         THEN nullif('{' || concat_ws(', ',
             CASE WHEN p.EndDatePrecision IN ('U', 'Y', 'YM') THEN '"end_date": "' || p.EndDate || '"' END,
             '"onset": "' || e.padded || '"') || '}', '{}') END AS original
FROM raw.CareRecord_Problem AS p
JOIN raw.entry AS e ON e.patient = p.PatientGuid AND e.guid = p.ObservationGuid
LEFT JOIN raw.problem AS m ON m.patient = p.PatientGuid AND m.guid = p.ParentProblemObservationGuid
LEFT JOIN raw.staff AS r ON r.guid = p.LastReviewUserInRoleGuid
LEFT JOIN raw.value_problem_status AS s ON s.delivered = p.ProblemStatusDescription
LEFT JOIN raw.value_problem_significance AS g ON g.delivered = p.SignificanceDescription
LEFT JOIN raw.value_problem_relationship AS l ON l.delivered = p.ParentProblemRelationship
WHERE p.Deleted IS NOT TRUE AND e.deleted IS NOT TRUE
