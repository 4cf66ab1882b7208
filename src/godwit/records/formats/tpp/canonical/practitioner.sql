-- Staff of the practice in their roles: one person has as many rows as roles. The person's own row is told here.
SELECT r.file, r.record,
    'SRStaffMemberProfile|' || coalesce(CAST(r.RowIdentifier AS VARCHAR),
        'row ' || r.file || '.' || r.record) AS key,
    'tpp.SRStaffMemberProfile|' || r.RowIdentifier AS source_id,
    'role' AS kind, gp_words(p.name) AS name, gp_listed([p.number, 'gmp|' || r.GmpID]) AS identifiers,
    coalesce(r.StaffRole, n.words) AS role_text,
    gp_day(gp_or_odd(r.DateEmploymentStart, r.odd, 'DateEmploymentStart')) AS start,
    gp_day(gp_or_odd(r.DateEmploymentEnd, r.odd, 'DateEmploymentEnd')) AS end_date, r.IDOrganisation AS organisation,
    gp_extras(['PPAID', 'GPLocalCode', 'StaffUserName', 'IDSmartCard', 'Obsolete', 'DateProfileCreated',
               'IDStaffMember', 'more', 'odd'],
              [r.PPAID, r.GPLocalCode, p.user_name, p.smart_card, p.obsolete, r.DateProfileCreated,
               CASE WHEN p.id IS NULL THEN CAST(r.IDStaffMember AS VARCHAR) END, r.more, r.odd]) AS extras
FROM raw.SRStaffMemberProfile AS r
LEFT JOIN raw.colleague AS p ON p.id = r.IDStaffMember
LEFT JOIN raw.role_name AS n ON n.id = r.IDStaffMemberProfileRole
LEFT JOIN raw.home AS h ON h.ods = upper(r.IDOrganisation)
WHERE r.RemovedData IS NOT TRUE AND (h.ods IS NOT NULL OR r.IDOrganisation IS NULL)
