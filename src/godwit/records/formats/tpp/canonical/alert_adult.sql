-- Adult at risk. Of highest harm if lost: every row is a record, whether it has ended or not.
SELECT a.file, a.record, CAST(a.IDPatient AS VARCHAR) AS patient,
    'SRPersonAtRisk|' || coalesce(CAST(a.RowIdentifier AS VARCHAR),
        'row ' || a.file || '.' || a.record) AS key,
    'tpp.SRPersonAtRisk|' || a.RowIdentifier AS source_id,
    'alert' AS kind, 'adult at risk' AS category_text,
    gp_padded(gp_or_odd(a.DateAdded, a.odd, 'DateAdded')) AS effective,
    gp_padded(gp_or_odd(a.DateRemoved, a.odd, 'DateRemoved')) AS end_date,
    coalesce(n.words, a.ReasonForPlan,
             CASE WHEN upper(a.ProtectionPlan) NOT IN ('TRUE', 'FALSE') THEN a.ProtectionPlan END) AS text,
    r.name AS recorder, a.IDOrganisation AS organisation,
    gp_extras(['RemovalReason', 'IDProfileRemovedBy', 'ProtectionPlan', 'ReasonForPlan',
               'OtherOrganisation', 'more', 'odd'],
              [coalesce(w.words, nullif(a.RemovalReason, '-1')), q.name, a.ProtectionPlan,
               CASE WHEN n.words IS NOT NULL THEN a.ReasonForPlan END,
               CASE WHEN a.IDOrganisation <> a.IDOrganisationVisibleTo THEN a.IDOrganisation END, a.more,
               a.odd]) AS extras
FROM raw.SRPersonAtRisk AS a
LEFT JOIN raw.word AS w ON w.id = a.RemovalReason
LEFT JOIN raw.note AS n ON n.kind = 'SRPERSONATRISK' AND n.id = a.RowIdentifier
LEFT JOIN raw.profile AS r ON r.id = a.IDProfileEnteredBy
LEFT JOIN raw.profile AS q ON q.id = a.IDProfileRemovedBy
WHERE a.RemovedData IS NOT TRUE AND a.IDPatient > 0
