-- Recalls. The kind of recall is a word of a list; it has no code.
SELECT c.file, c.record, CAST(c.IDPatient AS VARCHAR) AS patient,
    'SRRecall|' || coalesce(CAST(c.RowIdentifier AS VARCHAR),
        'row ' || c.file || '.' || c.record) AS key,
    'tpp.SRRecall|' || c.RowIdentifier AS source_id,
    gp_listed([coalesce(t.words, nullif(c.RecallType, '-1'))]) AS code_term,
    gp_padded(gp_or_odd(c.DateRecall, c.odd, 'DateRecall')) AS due,
    gp_padded(gp_or_odd(c.DateEventRecorded, c.odd, 'DateEventRecorded')) AS authored,
    coalesce(v.ours, gp_words(coalesce(w.words, nullif(c.RecallStatus, '-1')))) AS status,
    n.words AS text, coalesce(d.name, gp_words(c.TextualEventDoneBy)) AS performer, s.start AS consultation,
    c.IDOrganisation AS organisation,
    gp_extras(['RecallStatus', 'RecallInitialStatus', 'RecallStatusDate', 'DateEvent',
               'IDProfileEnteredBy', 'IDReferralIn', 'IDDoneBy', 'TextualEventDoneBy',
               'OtherOrganisation', 'IDOrganisationDoneAt', 'more', 'odd'],
              [CASE WHEN v.ours IS NOT NULL THEN coalesce(w.words, c.RecallStatus) END,
               coalesce(i.words, nullif(c.RecallInitialStatus, '-1')), c.RecallStatusDate,
               CASE WHEN c.DateEvent <> c.DateRecall THEN c.DateEvent END, r.name,
               CASE WHEN c.IDReferralIn > 0 THEN CAST(c.IDReferralIn AS VARCHAR) END,
               CASE WHEN c.IDDoneBy > 0 AND d.name IS NULL THEN CAST(c.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN c.TextualEventDoneBy END,
               CASE WHEN c.IDOrganisation <> c.IDOrganisationVisibleTo THEN c.IDOrganisation END,
               CASE WHEN c.IDOrganisationDoneAt <> c.IDOrganisation THEN c.IDOrganisationDoneAt END,
               c.more, c.odd]) AS extras
FROM raw.SRRecall AS c
LEFT JOIN raw.local_word AS t ON t.id = c.RecallType
LEFT JOIN raw.word AS w ON w.id = c.RecallStatus
LEFT JOIN raw.value_recall_status AS v ON v.delivered = gp_words(coalesce(w.words, c.RecallStatus))
LEFT JOIN raw.word AS i ON i.id = c.RecallInitialStatus
LEFT JOIN raw.note AS n ON n.kind = 'SRRECALL' AND n.id = c.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = c.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = c.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = c.IDEvent
WHERE c.RemovedData IS NOT TRUE AND c.IDPatient > 0
