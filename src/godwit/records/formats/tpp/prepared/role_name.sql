-- What staff roles are called.
SELECT RowIdentifier AS id, max(RoleDescription) AS words
FROM raw.SRStaffMemberProfileRole
GROUP BY RowIdentifier
