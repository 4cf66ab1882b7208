-- Documents and images by reference: the extract names the file and does not hold it.
SELECT m.file, m.record, CAST(m.IDPatient AS VARCHAR) AS patient,
    'SRMedia|' || coalesce(CAST(m.RowIdentifier AS VARCHAR),
        'row ' || m.file || '.' || m.record) AS key,
    'tpp.SRMedia|' || m.RowIdentifier AS source_id,
    coalesce(CAST(TRY_CAST(m.DocumentUID AS UUID) AS VARCHAR), lower(m.DocumentUID)) AS path,
    regexp_replace(m.FileName, '\.[A-Za-z0-9]{1,5}$', '') AS title,
    e.ours AS content_type, gp_number(m.FileSize) AS size,
    coalesce(t.words, nullif(m.CommunicationType, '-1')) AS type_text,
    gp_padded(gp_or_odd(m.DateEvent, m.odd, 'DateEvent')) AS created,
    gp_padded(gp_or_odd(m.DateEventRecorded, m.odd, 'DateEventRecorded')) AS recorded,
    coalesce(gp_words(m.SenderOrganisation), gp_person(m.SenderTitle, m.SenderFirstName, m.SenderSurname)) AS author,
    d.name AS performer, s.start AS consultation, m.IDOrganisation AS organisation,
    gp_extras(['FileName', 'FileSize', 'EmailAddress', 'FreeText', 'Sender', 'Recipient',
               'RecipientOrganisation', 'Direction', 'IDProfileEnteredBy', 'IDDoneBy',
               'OtherOrganisation', 'IDOrganisationDoneAt', 'more', 'odd'],
              [CASE WHEN e.ours IS NULL THEN m.FileName END,
               CASE WHEN gp_number(m.FileSize) IS NULL THEN m.FileSize END, m.EmailAddress, n.words,
               nullif(concat_ws(' ', m.SenderTitle, m.SenderFirstName, m.SenderSurname), ''),
               nullif(concat_ws(' ', m.RecipientTitle, m.RecipientFirstName, m.RecipientSurname), ''),
               m.RecipientOrganisation, coalesce(v.words, nullif(m.Direction, '-1')), r.name,
               CASE WHEN m.IDDoneBy > 0 AND d.name IS NULL THEN CAST(m.IDDoneBy AS VARCHAR) END,
               CASE WHEN m.IDOrganisation <> m.IDOrganisationVisibleTo THEN m.IDOrganisation END,
               CASE WHEN m.IDOrganisationDoneAt <> m.IDOrganisation THEN m.IDOrganisationDoneAt END,
               m.more, m.odd]) AS extras
FROM raw.SRMedia AS m
LEFT JOIN raw.word AS t ON t.id = m.CommunicationType
LEFT JOIN raw.word AS v ON v.id = m.Direction
LEFT JOIN raw.person AS d ON d.id = m.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = m.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = m.IDEvent
LEFT JOIN raw.note AS n ON n.kind = 'SRMEDIA' AND n.id = m.RowIdentifier
LEFT JOIN raw.value_file_ending AS e ON e.delivered = lower(regexp_extract(m.FileName, '\.([A-Za-z0-9]{1,5})$', 1))
WHERE m.RemovedData IS NOT TRUE AND m.IDPatient > 0
