-- The practices in a feed: those that have patients in it; in a feed without any, those of the sharing agreement.
WITH named AS (
    SELECT DISTINCT OrganisationGuid AS practice, 1 AS rank FROM raw.Admin_Patient
    UNION
    SELECT DISTINCT OrganisationGuid, 2 FROM raw.Agreements_SharingOrganisation
), known AS (
    SELECT OrganisationGuid, any_value(ODSCode) AS ods, any_value(OrganisationName) AS name
    FROM raw.Admin_Organisation
    GROUP BY OrganisationGuid
)
SELECT CAST(n.practice AS VARCHAR) AS practice, k.ods, k.name
FROM named AS n
LEFT JOIN known AS k ON k.OrganisationGuid = n.practice
WHERE n.practice IS NOT NULL AND n.rank = (SELECT min(rank) FROM named WHERE practice IS NOT NULL)
ORDER BY practice
