-- Every organisation the records refer to: the practice, places it refers to, the bodies above them.
SELECT o.file, o.record, coalesce(CAST(o.OrganisationGuid AS VARCHAR), 'row ' || o.file || '.' || o.record) AS key,
    'emis.Admin_Organisation|' || coalesce(CAST(o.OrganisationGuid AS VARCHAR), '') AS source_id,
    'organisation' AS kind, upper(o.ODSCode) AS ods_code, o.OrganisationName AS name, o.OrganisationType AS type_text,
    CAST(o.CloseDate IS NULL AS VARCHAR) AS active, l.name AS main_location, p.name AS organisation,
    gp_extras(['CCGOrganisationGuid', 'CDB', 'CloseDate', 'OpenDate', 'more', 'odd'],
              [c.name, CAST(o.CDB AS VARCHAR), o.CloseDate, o.OpenDate, o.more, o.odd]) AS extras
FROM raw.Admin_Organisation AS o
LEFT JOIN raw.place AS l ON l.guid = o.MainLocationGuid
LEFT JOIN raw.body AS p ON p.guid = o.ParentOrganisationGuid
LEFT JOIN raw.body AS c ON c.guid = o.CCGOrganisationGuid
