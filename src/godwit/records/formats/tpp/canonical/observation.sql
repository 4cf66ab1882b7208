-- Coded entries but allergies. A value counts only where IsNumeric says so, because 0 fills the column otherwise;
-- layouts without IsNumeric are believed unless the value is 0.
SELECT c.file, c.record, CAST(c.IDPatient AS VARCHAR) AS patient,
    'SRCode|' || coalesce(CAST(c.RowIdentifier AS VARCHAR),
        'row ' || c.file || '.' || c.record) AS key,
    'tpp.SRCode|' || c.RowIdentifier AS source_id,
    k.kind, k.codes AS code, k.terms AS code_term,
    gp_padded(gp_or_odd(c.DateEvent, c.odd, 'DateEvent')) AS effective,
    gp_padded(gp_or_odd(c.DateEventRecorded, c.odd, 'DateEventRecorded')) AS recorded,
    CASE WHEN coalesce(c.IsNumeric, c.NumericValue IS DISTINCT FROM '0')
         THEN gp_or_odd(c.NumericValue, c.odd, 'NumericValue') END AS value,
    CASE WHEN coalesce(c.IsNumeric, c.NumericValue <> '0') THEN nullif(c.NumericComparator, '=') END AS comparator,
    CASE WHEN coalesce(c.IsNumeric, c.NumericValue <> '0') THEN c.NumericUnit END AS unit,
    coalesce(v.ours, lower(nullif(c.EpisodeType, '-1'))) AS episode, n.words AS text,
    coalesce(d.name, gp_words(c.TextualEventDoneBy)) AS performer, r.name AS recorder, s.start AS consultation,
    c.IDOrganisation AS organisation,
    nullif('{' || concat_ws(',',
        '"SNOMEDCode":[' || to_json(k.impossible) || ']',
        '"NumericValue":[' || to_json(CASE WHEN NOT c.IsNumeric THEN nullif(c.NumericValue, '0') END) || ']',
        CASE WHEN NOT c.IsNumeric THEN '"NumericUnit":[' || to_json(c.NumericUnit) || ']' END,
        CASE WHEN c.IDTemplate > 0 THEN '"IDTemplate":["' || c.IDTemplate || '"]' END,
        CASE WHEN c.IDQuestionnaire > 0 THEN '"IDQuestionnaire":["' || c.IDQuestionnaire || '"]' END,
        CASE WHEN c.IDReferralIn > 0 THEN '"IDReferralIn":["' || c.IDReferralIn || '"]' END,
        CASE WHEN c.IDAppointment > 0 THEN '"IDAppointment":["' || c.IDAppointment || '"]' END,
        CASE WHEN c.IDVisit > 0 THEN '"IDVisit":["' || c.IDVisit || '"]' END,
        CASE WHEN c.IDDoneBy > 0 AND d.name IS NULL THEN '"IDDoneBy":["' || c.IDDoneBy || '"]' END,
        CASE WHEN d.name IS NOT NULL THEN '"TextualEventDoneBy":[' || to_json(c.TextualEventDoneBy) || ']' END,
        CASE WHEN c.IDOrganisation <> c.IDOrganisationVisibleTo
             THEN '"OtherOrganisation":[' || to_json(c.IDOrganisation) || ']' END,
        CASE WHEN c.IDOrganisationDoneAt <> c.IDOrganisation
             THEN '"IDOrganisationDoneAt":[' || to_json(c.IDOrganisationDoneAt) || ']' END,
        CASE WHEN c.IDOrganisationRegisteredAt <> c.IDOrganisationVisibleTo
             THEN '"IDOrganisationRegisteredAt":[' || to_json(c.IDOrganisationRegisteredAt) || ']' END,
        '"more":[' || to_json(c.more) || ']',
        '"odd":[' || to_json(c.odd) || ']') || '}', '{}') AS extras
FROM raw.SRCode AS c
JOIN raw.coded AS k ON k.ctv3 IS NOT DISTINCT FROM c.CTV3Code AND k.snomed IS NOT DISTINCT FROM c.SNOMEDCode
    AND k.ctv3_text IS NOT DISTINCT FROM c.CTV3Text AND k.snomed_text IS NOT DISTINCT FROM c.SNOMEDText
LEFT JOIN raw.note AS n ON n.kind = 'SRCODE' AND n.id = c.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = c.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = c.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = c.IDEvent
LEFT JOIN raw.value_episode AS v ON v.delivered = gp_words(c.EpisodeType)
WHERE c.RemovedData IS NOT TRUE AND c.IDPatient > 0 AND k.kind NOT IN ('drug_allergy', 'other_allergy')
