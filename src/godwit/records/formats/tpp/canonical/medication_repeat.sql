-- Repeat templates: what may be issued again. DrugStatus says whether it is repeat dispensing.
SELECT m.file, m.record, CAST(m.IDPatient AS VARCHAR) AS patient,
    'SRRepeatTemplate|' || coalesce(CAST(m.RowIdentifier AS VARCHAR),
        'row ' || m.file || '.' || m.record) AS key,
    'tpp.SRRepeatTemplate|' || m.RowIdentifier AS source_id,
    gp_listed([CASE WHEN m.IDMultiLexDMD > 0 THEN 'snomed|' || m.IDMultiLexDMD END,
               CASE WHEN m.IDMultiLexProduct > 0 THEN 'multilex|' || m.IDMultiLexProduct END]) AS drug,
    gp_listed([m.NameOfMedication]) AS drug_term,
    coalesce(v.ours, 'repeat') AS type,
    CASE WHEN left(m.DateMedicationTemplateEnd, 10) <= left((SELECT max(taken_at) FROM raw.snapshot), 10)
         THEN 'ended' ELSE 'active' END AS status,
    m.MedicationDosage AS dosage, gp_tpp_quantity(m.MedicationQuantity) AS quantity,
    gp_tpp_unit(m.MedicationQuantity) AS quantity_unit,
    nullif(regexp_extract(m.CourseLengthPerIssue, '^[0-9]+'), '') AS duration,
    gp_padded(gp_or_odd(coalesce(m.DateMedicationTemplateStart, m.DateEvent), m.odd,
                        'DateMedicationTemplateStart')) AS start,
    gp_padded(gp_or_odd(m.DateMedicationTemplateEnd, m.odd, 'DateMedicationTemplateEnd')) AS end_date,
    gp_padded(gp_or_odd(m.DateEvent, m.odd, 'DateEvent')) AS authored,
    gp_padded(gp_or_odd(m.DateMedicationTemplateReview, m.odd, 'DateMedicationTemplateReview')) AS review,
    gp_padded(gp_or_odd(m.DateEventRecorded, m.odd, 'DateEventRecorded')) AS recorded,
    CAST(nullif(m.MaxIssues, -1) AS VARCHAR) AS repeats_allowed,
    n.words AS text, coalesce(d.name, gp_words(m.TextualEventDoneBy)) AS performer, r.name AS recorder,
    s.start AS consultation,
    gp_extras(['IDMultiLexPack', 'DrugStatus', 'CourseLengthPerIssue', 'IDReferralIn', 'IDDoneBy',
               'TextualEventDoneBy', 'OtherOrganisation', 'IDOrganisationDoneAt', 'more', 'odd'],
              [CASE WHEN m.IDMultiLexPack > 0 THEN CAST(m.IDMultiLexPack AS VARCHAR) END,
               coalesce(l.words, nullif(m.DrugStatus, '-1')),
               CASE WHEN NOT regexp_full_match(m.CourseLengthPerIssue, '[0-9]+') THEN m.CourseLengthPerIssue END,
               CASE WHEN m.IDReferralIn > 0 THEN CAST(m.IDReferralIn AS VARCHAR) END,
               CASE WHEN m.IDDoneBy > 0 AND d.name IS NULL THEN CAST(m.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN m.TextualEventDoneBy END,
               CASE WHEN m.IDOrganisation <> m.IDOrganisationVisibleTo THEN m.IDOrganisation END,
               CASE WHEN m.IDOrganisationDoneAt <> m.IDOrganisation THEN m.IDOrganisationDoneAt END,
               m.more, m.odd]) AS extras,
    CASE WHEN concat_ws(' ', gp_tpp_quantity(m.MedicationQuantity), gp_tpp_unit(m.MedicationQuantity))
              <> m.MedicationQuantity
         THEN CAST(json_object('quantity', m.MedicationQuantity) AS VARCHAR) END AS original
FROM raw.SRRepeatTemplate AS m
LEFT JOIN raw.word AS l ON l.id = m.DrugStatus
LEFT JOIN raw.value_drug_status AS v ON v.delivered = gp_words(coalesce(l.words, m.DrugStatus))
LEFT JOIN raw.note AS n ON n.kind = 'SRREPEATTEMPLATE' AND n.id = m.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = m.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = m.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = m.IDEvent
WHERE m.RemovedData IS NOT TRUE AND m.IDPatient > 0
