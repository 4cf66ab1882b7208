-- Sites and branches by name.
SELECT LocationGuid AS guid, max(gp_words(LocationName)) AS name
FROM raw.Admin_Location
GROUP BY LocationGuid
