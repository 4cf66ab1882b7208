-- Drug allergies. The row names the drug by its Multilex number alone; its words come from the list of products.
SELECT a.file, a.record, CAST(a.IDPatient AS VARCHAR) AS patient,
    'SRDrugSensitivity|' || coalesce(CAST(a.RowIdentifier AS VARCHAR),
        'row ' || a.file || '.' || a.record) AS key,
    'tpp.SRDrugSensitivity|' || a.RowIdentifier AS source_id,
    CASE WHEN a.IDDrugCode > 0 THEN '["multilex|' || a.IDDrugCode || '"]' END AS code, gp_listed([p.term]) AS code_term,
    gp_agent(p.term) AS agent, 'drug' AS category,
    gp_padded(gp_or_odd(coalesce(a.DateStarted, a.DateEvent), a.odd, 'DateStarted')) AS onset,
    gp_padded(gp_or_odd(a.DateEnded, a.odd, 'DateEnded')) AS end_date,
    gp_padded(gp_or_odd(a.DateEventRecorded, a.odd, 'DateEventRecorded')) AS recorded,
    n.words AS text, coalesce(d.name, gp_words(a.TextualEventDoneBy)) AS performer, r.name AS recorder,
    s.start AS consultation,
    gp_extras(['DrugReadCode', 'FormulationSpecific', 'IDMultiLexAction', 'DateEvent', 'IDReferralIn',
               'IDDoneBy', 'TextualEventDoneBy', 'OtherOrganisation', 'IDOrganisationDoneAt', 'more',
               'odd'],
              [p.code, a.FormulationSpecific,
               CASE WHEN a.IDMultiLexAction > 0 THEN CAST(a.IDMultiLexAction AS VARCHAR) END,
               CASE WHEN a.DateEvent <> a.DateStarted THEN a.DateEvent END,
               CASE WHEN a.IDReferralIn > 0 THEN CAST(a.IDReferralIn AS VARCHAR) END,
               CASE WHEN a.IDDoneBy > 0 AND d.name IS NULL THEN CAST(a.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN a.TextualEventDoneBy END,
               CASE WHEN a.IDOrganisation <> a.IDOrganisationVisibleTo THEN a.IDOrganisation END,
               CASE WHEN a.IDOrganisationDoneAt <> a.IDOrganisation THEN a.IDOrganisationDoneAt END,
               a.more, a.odd]) AS extras
FROM raw.SRDrugSensitivity AS a
LEFT JOIN raw.product AS p ON p.id = a.IDDrugCode
LEFT JOIN raw.note AS n ON n.kind = 'SRDRUGSENSITIVITY' AND n.id = a.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = a.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = a.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = a.IDEvent
WHERE a.RemovedData IS NOT TRUE AND a.IDPatient > 0
