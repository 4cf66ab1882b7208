-- The practice this extract is about: staff of every other organisation are only names in its records.
SELECT OrganisationGuid AS guid FROM raw.Admin_Patient WHERE OrganisationGuid IS NOT NULL
UNION
SELECT OrganisationGuid FROM raw.Agreements_SharingOrganisation WHERE OrganisationGuid IS NOT NULL
