-- Staff of the practice, one record a role: one person can have several.
SELECT u.file, u.record, coalesce(CAST(u.UserInRoleGuid AS VARCHAR), 'row ' || u.file || '.' || u.record) AS key,
    'emis.Admin_UserInRole|' || coalesce(CAST(u.UserInRoleGuid AS VARCHAR), '') AS source_id,
    'role' AS kind, gp_person(u.Title, u.GivenName, u.Surname) AS name, u.Surname AS family, u.GivenName AS given,
    nullif(u.Title, '') AS title, u.JobCategoryName AS role_text,
    gp_or_odd(u.ContractStartDate, u.odd, 'ContractStartDate') AS start,
    gp_or_odd(u.ContractEndDate, u.odd, 'ContractEndDate') AS end_date, b.name AS organisation,
    gp_extras(['JobCategoryCode', 'RegistrationNumber', 'more', 'odd'],
              [u.JobCategoryCode, u.RegistrationNumber, u.more, u.odd]) AS extras
FROM raw.Admin_UserInRole AS u
LEFT JOIN raw.body AS b ON b.guid = u.OrganisationGuid
WHERE u.OrganisationGuid IS NULL OR u.OrganisationGuid IN (SELECT guid FROM raw.home)
