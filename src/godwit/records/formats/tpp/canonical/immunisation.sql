-- Vaccinations. The code is a Read code, a SNOMED CT code, both or neither; what was given stands in a list.
SELECT i.file, i.record, CAST(i.IDPatient AS VARCHAR) AS patient,
    'SRImmunisation|' || coalesce(CAST(i.RowIdentifier AS VARCHAR),
        'row ' || i.file || '.' || i.record) AS key,
    'tpp.SRImmunisation|' || i.RowIdentifier AS source_id,
    gp_tpp_codes(i.ImmsReadCode, i.ImmsSNOMEDCode) AS code, gp_listed([w.term]) AS code_term, c.name AS vaccine_text,
    gp_padded(gp_or_odd(i.DateEvent, i.odd, 'DateEvent')) AS effective,
    gp_padded(gp_or_odd(i.DateEventRecorded, i.odd, 'DateEventRecorded')) AS recorded,
    CAST(coalesce(g.ours, 'given') <> 'given' AS VARCHAR) AS not_given,
    nullif(regexp_extract(coalesce(p.words, i.VaccPart), '[0-9]+'), '') AS dose_number, i.VaccBatchNumber AS batch,
    gp_day(gp_or_odd(i.DateExpiry, i.odd, 'DateExpiry')) AS expiry,
    coalesce(l.words, nullif(i.Location, '-1')) AS site_text, coalesce(m.words, nullif(i.Method, '-1')) AS route_text,
    n.words AS text, coalesce(d.name, gp_words(i.TextualEventDoneBy)) AS performer, s.start AS consultation,
    gp_extras(['VaccPart', 'Dose', 'Content', 'VaccinationStatus', 'IDVaccination', 'VaccAreaCode',
               'IDProfileEnteredBy', 'IDDoneBy', 'TextualEventDoneBy', 'OtherOrganisation',
               'IDOrganisationDoneAt', 'more', 'odd'],
              [coalesce(p.words, nullif(i.VaccPart, '-1')), i.Dose, c.content,
               CASE WHEN g.ours IS DISTINCT FROM 'given' THEN coalesce(t.words, nullif(i.VaccinationStatus, '-1')) END,
               CASE WHEN i.IDVaccination > 0 THEN CAST(i.IDVaccination AS VARCHAR) END, i.VaccAreaCode,
               r.name, CASE WHEN i.IDDoneBy > 0 AND d.name IS NULL THEN CAST(i.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN i.TextualEventDoneBy END,
               CASE WHEN i.IDOrganisation <> i.IDOrganisationVisibleTo THEN i.IDOrganisation END,
               CASE WHEN i.IDOrganisationDoneAt <> i.IDOrganisation THEN i.IDOrganisationDoneAt END,
               i.more, i.odd]) AS extras
FROM raw.SRImmunisation AS i
LEFT JOIN raw.dictionary AS w ON w.code = i.ImmsReadCode
LEFT JOIN raw.content AS c ON c.id = i.IDImmunisationContent
LEFT JOIN raw.word AS p ON p.id = i.VaccPart
LEFT JOIN raw.word AS l ON l.id = i.Location
LEFT JOIN raw.word AS m ON m.id = i.Method
LEFT JOIN raw.word AS t ON t.id = i.VaccinationStatus
LEFT JOIN raw.value_vaccination_status AS g ON g.delivered = gp_words(coalesce(t.words, i.VaccinationStatus))
LEFT JOIN raw.note AS n ON n.kind = 'SRIMMUNISATION' AND n.id = i.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = i.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = i.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = i.IDEvent
WHERE i.RemovedData IS NOT TRUE AND i.IDPatient > 0
