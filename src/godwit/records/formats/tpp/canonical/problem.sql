-- Problem headers. The code is that of the entry the header names, which stays an entry; several headers may name the
-- same entry and each is a record. No end date means that the problem is active.
SELECT p.file, p.record, CAST(p.IDPatient AS VARCHAR) AS patient,
    'SRProblem|' || coalesce(CAST(p.RowIdentifier AS VARCHAR),
        'row ' || p.file || '.' || p.record) AS key,
    'tpp.SRProblem|' || p.RowIdentifier AS source_id,
    coalesce(h.codes, gp_tpp_codes(p.CTV3Code, NULL)) AS code, coalesce(h.terms, gp_listed([w.term])) AS code_term,
    CASE WHEN gp_or_odd(p.DateEnd, p.odd, 'DateEnd') IS NULL THEN 'active' ELSE 'past' END AS status,
    coalesce(v.ours, lower(nullif(p.Severity, '-1'))) AS significance,
    coalesce(gp_padded(gp_or_odd(p.DateEvent, p.odd, 'DateEvent')), h.effective) AS onset,
    gp_padded(gp_or_odd(p.DateEnd, p.odd, 'DateEnd')) AS end_date,
    gp_padded(gp_or_odd(p.DateEventRecorded, p.odd, 'DateEventRecorded')) AS recorded,
    n.words AS text, coalesce(d.name, gp_words(p.TextualEventDoneBy)) AS performer, s.start AS consultation,
    gp_extras(['CTV3Code', 'EntryDate', 'IDProfileEnteredBy', 'IDReferralIn', 'IDDoneBy',
               'TextualEventDoneBy', 'OtherOrganisation', 'IDOrganisationDoneAt', 'more', 'odd'],
              [CASE WHEN h.CTV3Code <> p.CTV3Code THEN p.CTV3Code END,
               CASE WHEN h.effective <> gp_padded(p.DateEvent) THEN h.effective END, r.name,
               CASE WHEN p.IDReferralIn > 0 THEN CAST(p.IDReferralIn AS VARCHAR) END,
               CASE WHEN p.IDDoneBy > 0 AND d.name IS NULL THEN CAST(p.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN p.TextualEventDoneBy END,
               CASE WHEN p.IDOrganisation <> p.IDOrganisationVisibleTo THEN p.IDOrganisation END,
               CASE WHEN p.IDOrganisationDoneAt <> p.IDOrganisation THEN p.IDOrganisationDoneAt END,
               p.more, p.odd]) AS extras
FROM raw.SRProblem AS p
LEFT JOIN raw.heading AS h ON h.id = p.IDCode
LEFT JOIN raw.dictionary AS w ON w.code = p.CTV3Code
LEFT JOIN raw.word AS l ON l.id = p.Severity
LEFT JOIN raw.value_severity AS v ON v.delivered = gp_words(coalesce(l.words, p.Severity))
LEFT JOIN raw.note AS n ON n.kind = 'SRPROBLEM' AND n.id = p.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = p.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = p.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = p.IDEvent
WHERE p.RemovedData IS NOT TRUE AND p.IDPatient > 0
