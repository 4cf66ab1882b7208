-- Organisations by what a person knows them by: the ODS code, else the name.
SELECT OrganisationGuid AS guid, max(coalesce(upper(ODSCode), gp_words(OrganisationName))) AS name
FROM raw.Admin_Organisation
GROUP BY OrganisationGuid
