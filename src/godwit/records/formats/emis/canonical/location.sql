-- Sites and branches, with the organisations they belong to.
WITH owner AS (
    SELECT l.LocationGuid AS guid, string_agg(DISTINCT b.name, '; ' ORDER BY b.name) AS names
    FROM raw.Admin_OrganisationLocation AS l
    JOIN raw.body AS b ON b.guid = l.OrganisationGuid
    WHERE l.Deleted IS NOT TRUE
    GROUP BY l.LocationGuid
)
SELECT l.file, l.record, coalesce(CAST(l.LocationGuid AS VARCHAR), 'row ' || l.file || '.' || l.record) AS key,
    'emis.Admin_Location|' || coalesce(CAST(l.LocationGuid AS VARCHAR), '') AS source_id,
    'place' AS kind, l.LocationName AS name, l.LocationTypeDescription AS type_text,
    CAST(l.CloseDate IS NULL AS VARCHAR) AS active, o.names AS organisation, p.name AS main_location,
    gp_line([l.HouseNameFlatNumber, l.NumberAndStreet, l.Village, l.Town, l.County, l.Postcode]) AS address,
    gp_extras(['CloseDate', 'EmailAddress', 'FaxNumber', 'MainContactName', 'OpenDate', 'PhoneNumber', 'more', 'odd'],
              [l.CloseDate, l.EmailAddress, l.FaxNumber, l.MainContactName, l.OpenDate, l.PhoneNumber,
               l.more, l.odd]) AS extras
FROM raw.Admin_Location AS l
LEFT JOIN owner AS o ON o.guid = l.LocationGuid
LEFT JOIN raw.place AS p ON p.guid = l.ParentLocationGuid
WHERE l.Deleted IS NOT TRUE
