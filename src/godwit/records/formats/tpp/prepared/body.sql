-- Organisations by ODS code.
SELECT upper(ID) AS ods, max(Name) AS name
FROM raw.SROrganisation
WHERE ID IS NOT NULL
GROUP BY upper(ID)
