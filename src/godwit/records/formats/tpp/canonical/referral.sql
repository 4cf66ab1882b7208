-- Referrals out. RecipientIDType is free text and cannot be relied on: a recipient that is the code of an organisation
-- of the extract is that organisation, anything else stays what it says. The latest step gives the status.
SELECT f.file, f.record, CAST(f.IDPatient AS VARCHAR) AS patient,
    'SRReferralOut|' || coalesce(CAST(f.RowIdentifier AS VARCHAR),
        'row ' || f.file || '.' || f.record) AS key,
    'tpp.SRReferralOut|' || f.RowIdentifier AS source_id,
    gp_tpp_codes(f.PrimaryDiagnosis, f.SNOMEDPrimaryDiagnosis) AS code, gp_listed([w.term]) AS code_term,
    gp_padded(gp_or_odd(f.DateEvent, f.odd, 'DateEvent')) AS authored,
    coalesce(v.ours, gp_words(coalesce(u.words, nullif(f.Urgency, '-1')))) AS priority,
    coalesce(u.words, nullif(f.Urgency, '-1')) AS priority_text, p.status,
    n.words AS text, coalesce(d.name, gp_words(f.TextualEventDoneBy), q.name) AS performer,
    s.start AS consultation,
    coalesce(o.ods, gp_words(nullif(f.RecipientID, '-1'))) AS recipient,
    gp_extras(['TypeOfReferral', 'Reason', 'ServiceOffered', 'ReReferral', 'RecipientIDType',
               'IDProfileReferrer', 'DateEventRecorded', 'IDProfileEnteredBy', 'IDDoneBy',
               'TextualEventDoneBy', 'OtherOrganisation', 'IDOrganisationDoneAt', 'more', 'odd'],
              [coalesce(t.words, nullif(f.TypeOfReferral, '-1')),
               coalesce(e.words, nullif(f.Reason, '-1')),
               coalesce(c.words, nullif(f.ServiceOffered, '-1')), f.ReReferral, f.RecipientIDType, q.name,
               f.DateEventRecorded, r.name,
               CASE WHEN f.IDDoneBy > 0 AND d.name IS NULL THEN CAST(f.IDDoneBy AS VARCHAR) END,
               CASE WHEN d.name IS NOT NULL THEN f.TextualEventDoneBy END,
               CASE WHEN f.IDOrganisation <> f.IDOrganisationVisibleTo THEN f.IDOrganisation END,
               CASE WHEN f.IDOrganisationDoneAt <> f.IDOrganisation THEN f.IDOrganisationDoneAt END,
               f.more, f.odd]) AS extras
FROM raw.SRReferralOut AS f
LEFT JOIN raw.dictionary AS w ON w.code = f.PrimaryDiagnosis
LEFT JOIN raw.word AS u ON u.id = f.Urgency
LEFT JOIN raw.value_urgency AS v ON v.delivered = gp_words(coalesce(u.words, f.Urgency))
LEFT JOIN raw.word AS t ON t.id = f.TypeOfReferral
LEFT JOIN raw.word AS e ON e.id = f.Reason
LEFT JOIN raw.local_word AS c ON c.id = f.ServiceOffered
LEFT JOIN raw.body AS o ON o.ods = upper(f.RecipientID)
LEFT JOIN raw.profile AS q ON q.id = f.IDProfileReferrer
LEFT JOIN raw.step AS p ON p.id = f.RowIdentifier
LEFT JOIN raw.note AS n ON n.kind = 'SRREFERRALOUT' AND n.id = f.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = f.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = f.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = f.IDEvent
WHERE f.RemovedData IS NOT TRUE AND f.IDPatient > 0
