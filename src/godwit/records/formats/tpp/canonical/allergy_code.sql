-- Allergies told as coded entries: those to anything but a drug, and drug allergies nobody has tied to a product.
SELECT c.file, c.record, CAST(c.IDPatient AS VARCHAR) AS patient,
    'SRCode|' || coalesce(CAST(c.RowIdentifier AS VARCHAR),
        'row ' || c.file || '.' || c.record) AS key,
    'tpp.SRCode|' || c.RowIdentifier AS source_id,
    k.codes AS code, k.terms AS code_term, gp_agent(k.term) AS agent,
    CASE k.kind WHEN 'drug_allergy' THEN 'drug' ELSE 'other' END AS category,
    gp_padded(gp_or_odd(c.DateEvent, c.odd, 'DateEvent')) AS onset,
    gp_padded(gp_or_odd(c.DateEventRecorded, c.odd, 'DateEventRecorded')) AS recorded,
    n.words AS text, coalesce(d.name, gp_words(c.TextualEventDoneBy)) AS performer, r.name AS recorder,
    s.start AS consultation,
    gp_extras(['SNOMEDCode', 'NumericValue', 'EpisodeType', 'IDTemplate', 'IDQuestionnaire',
               'IDReferralIn', 'IDDoneBy', 'TextualEventDoneBy', 'OtherOrganisation',
               'IDOrganisationDoneAt', 'more', 'odd'],
              [k.impossible, CASE WHEN c.IsNumeric THEN c.NumericValue END, nullif(c.EpisodeType, '-1'),
               CASE WHEN c.IDTemplate > 0 THEN CAST(c.IDTemplate AS VARCHAR) END,
               CASE WHEN c.IDQuestionnaire > 0 THEN CAST(c.IDQuestionnaire AS VARCHAR) END,
               CASE WHEN c.IDReferralIn > 0 THEN CAST(c.IDReferralIn AS VARCHAR) END,
               CASE WHEN c.IDDoneBy > 0 AND d.name IS NULL THEN CAST(c.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN c.TextualEventDoneBy END,
               CASE WHEN c.IDOrganisation <> c.IDOrganisationVisibleTo THEN c.IDOrganisation END,
               CASE WHEN c.IDOrganisationDoneAt <> c.IDOrganisation THEN c.IDOrganisationDoneAt END,
               c.more, c.odd]) AS extras
FROM raw.SRCode AS c
JOIN raw.coded AS k ON k.ctv3 IS NOT DISTINCT FROM c.CTV3Code AND k.snomed IS NOT DISTINCT FROM c.SNOMEDCode
    AND k.ctv3_text IS NOT DISTINCT FROM c.CTV3Text AND k.snomed_text IS NOT DISTINCT FROM c.SNOMEDText
LEFT JOIN raw.note AS n ON n.kind = 'SRCODE' AND n.id = c.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = c.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = c.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = c.IDEvent
WHERE c.RemovedData IS NOT TRUE AND c.IDPatient > 0 AND k.kind IN ('drug_allergy', 'other_allergy')
