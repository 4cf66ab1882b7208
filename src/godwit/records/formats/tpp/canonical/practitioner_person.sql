-- Staff without any role in the extract.
SELECT p.file, p.record,
    'SRStaffMember|' || coalesce(CAST(p.RowIdentifier AS VARCHAR),
        'row ' || p.file || '.' || p.record) AS key,
    'tpp.SRStaffMember|' || p.RowIdentifier AS source_id,
    'person' AS kind, gp_words(p.StaffName) AS name,
    gp_listed([coalesce(lower(p.NationalIdType), 'national') || '|' || p.IDNational]) AS identifiers,
    gp_extras(['StaffUserName', 'IDSmartCard', 'Obsolete', 'more', 'odd'],
              [p.StaffUserName, p.IDSmartCard, CASE WHEN p.Obsolete THEN 'true' END, p.more, p.odd]) AS extras
FROM raw.SRStaffMember AS p
LEFT JOIN raw.in_role AS r ON r.id = p.RowIdentifier
WHERE p.RemovedData IS NOT TRUE AND r.id IS NULL
