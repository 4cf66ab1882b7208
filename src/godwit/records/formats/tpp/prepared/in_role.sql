-- Members of staff who have a role in the extract.
SELECT DISTINCT IDStaffMember AS id
FROM raw.SRStaffMemberProfile
WHERE RemovedData IS NOT TRUE AND IDStaffMember > 0
