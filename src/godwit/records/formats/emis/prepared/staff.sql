-- What the person of a role is called. Roles of other organisations are named too: they wrote in the record.
SELECT UserInRoleGuid AS guid, max(gp_person(Title, GivenName, Surname)) AS name
FROM raw.Admin_UserInRole
GROUP BY UserInRoleGuid
