-- The person behind each role: entries name who typed them by role, and who did them by person.
SELECT r.RowIdentifier AS id, max(p.name) AS name
FROM raw.SRStaffMemberProfile AS r
JOIN raw.person AS p ON p.id = r.IDStaffMember
GROUP BY r.RowIdentifier
