-- The practices in a feed: those that have patients in it; in a feed without any, those that are named on its lists.
WITH named AS (
    SELECT DISTINCT IDOrganisationVisibleTo AS practice, 1 AS rank FROM raw.SRPatient
    UNION
    SELECT DISTINCT IDOrganisationVisibleTo, 2 FROM raw.SREvent
), known AS (
    SELECT upper(ID) AS ods, max(Name) AS name FROM raw.SROrganisation GROUP BY upper(ID)
)
SELECT n.practice, n.practice AS ods, k.name
FROM named AS n
LEFT JOIN known AS k ON k.ods = upper(n.practice)
WHERE n.practice IS NOT NULL AND n.rank = (SELECT min(rank) FROM named WHERE practice IS NOT NULL)
ORDER BY practice
