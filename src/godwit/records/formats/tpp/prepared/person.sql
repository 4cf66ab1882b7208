-- What each member of staff is called.
SELECT RowIdentifier AS id, max(gp_words(StaffName)) AS name
FROM raw.SRStaffMember
GROUP BY RowIdentifier
