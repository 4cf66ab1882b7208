-- Letters that have no medium of the same contact; those that have one are told with it.
SELECT l.file, l.record, CAST(l.IDPatient AS VARCHAR) AS patient,
    'SRLetter|' || coalesce(CAST(l.RowIdentifier AS VARCHAR),
        'row ' || l.file || '.' || l.record) AS key,
    'tpp.SRLetter|' || l.RowIdentifier AS source_id,
    coalesce(t.words, nullif(l.CommunicationType, '-1')) AS type_text,
    gp_padded(gp_or_odd(l.DateEvent, l.odd, 'DateEvent')) AS created,
    gp_padded(gp_or_odd(l.DateEventRecorded, l.odd, 'DateEventRecorded')) AS recorded,
    coalesce(gp_words(l.SenderOrganisation), gp_person(l.SenderTitle, l.SenderFirstName, l.SenderSurname)) AS author,
    d.name AS performer, s.start AS consultation, l.IDOrganisation AS organisation,
    gp_extras(['DateFinalised', 'IDAppointment', 'FreeText', 'Sender', 'Recipient',
               'RecipientOrganisation', 'Direction', 'IDProfileEnteredBy', 'IDDoneBy',
               'OtherOrganisation', 'IDOrganisationDoneAt', 'more', 'odd'],
              [l.DateFinalised, CASE WHEN l.IDAppointment > 0 THEN CAST(l.IDAppointment AS VARCHAR) END,
               n.words, nullif(concat_ws(' ', l.SenderTitle, l.SenderFirstName, l.SenderSurname), ''),
               nullif(concat_ws(' ', l.RecipientTitle, l.RecipientFirstName, l.RecipientSurname), ''),
               l.RecipientOrganisation, coalesce(v.words, nullif(l.Direction, '-1')), r.name,
               CASE WHEN l.IDDoneBy > 0 AND d.name IS NULL THEN CAST(l.IDDoneBy AS VARCHAR) END,
               CASE WHEN l.IDOrganisation <> l.IDOrganisationVisibleTo THEN l.IDOrganisation END,
               CASE WHEN l.IDOrganisationDoneAt <> l.IDOrganisation THEN l.IDOrganisationDoneAt END,
               l.more, l.odd]) AS extras
FROM raw.SRLetter AS l
LEFT JOIN raw.word AS t ON t.id = l.CommunicationType
LEFT JOIN raw.word AS v ON v.id = l.Direction
LEFT JOIN raw.person AS d ON d.id = l.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = l.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = l.IDEvent
LEFT JOIN raw.note AS n ON n.kind = 'SRLETTER' AND n.id = l.RowIdentifier
LEFT JOIN raw.medium AS e ON e.event = l.IDEvent AND e.patient = l.IDPatient
WHERE l.RemovedData IS NOT TRUE AND l.IDPatient > 0 AND e.event IS NULL
