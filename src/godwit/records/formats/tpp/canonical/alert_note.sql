-- Special notes and warnings. One that the practice has deleted is set aside.
SELECT a.file, a.record, CAST(a.IDPatient AS VARCHAR) AS patient,
    'SRSpecialNotes|' || coalesce(CAST(a.RowIdentifier AS VARCHAR),
        'row ' || a.file || '.' || a.record) AS key,
    'tpp.SRSpecialNotes|' || a.RowIdentifier AS source_id,
    'alert' AS kind, coalesce(w.words, nullif(a.Type, '-1'), 'note') AS category_text,
    gp_padded(gp_or_odd(a.DateStart, a.odd, 'DateStart')) AS effective,
    gp_padded(gp_or_odd(a.DateEventRecorded, a.odd, 'DateEventRecorded')) AS recorded,
    gp_padded(gp_or_odd(a.DateExpired, a.odd, 'DateExpired')) AS end_date,
    coalesce(a.Note, n.words) AS text, r.name AS recorder,
    gp_extras(['FreeText', 'more', 'odd'], [CASE WHEN n.words <> a.Note THEN n.words END, a.more, a.odd]) AS extras
FROM raw.SRSpecialNotes AS a
LEFT JOIN raw.word AS w ON w.id = a.Type
LEFT JOIN raw.note AS n ON n.kind = 'SRSPECIALNOTES' AND n.id = a.RowIdentifier
LEFT JOIN raw.profile AS r ON r.id = a.IDProfileEnteredBy
WHERE a.RemovedData IS NOT TRUE AND a.IDPatient > 0 AND a.DateDeleted IS NULL
