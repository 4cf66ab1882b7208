-- Organisations: the practice, and every body its records name. ID is the ODS code.
SELECT o.file, o.record,
    'SROrganisation|' || coalesce(CAST(o.RowIdentifier AS VARCHAR),
        'row ' || o.file || '.' || o.record) AS key,
    'tpp.SROrganisation|' || o.RowIdentifier AS source_id,
    'organisation' AS kind, upper(o.ID) AS ods_code, nullif(o.Name, '') AS name,
    CAST(o.MadeObsolete IS NOT TRUE AS VARCHAR) AS active,
    gp_line([o.HouseName, concat_ws(' ', o.HouseNumber, o.NameOfRoad), o.NameOfLocality, o.NameOfTown, o.NameOfCounty,
             o.FullPostCode]) AS address,
    gp_extras(['Telephone', 'SecondaryTelephone', 'Fax', 'IDTrust', 'IDCcg', 'more', 'odd'],
              [o.Telephone, o.SecondaryTelephone, o.Fax,
               CASE WHEN o.IDTrust > 0 THEN CAST(o.IDTrust AS VARCHAR) END,
               CASE WHEN o.IDCcg > 0 THEN CAST(o.IDCcg AS VARCHAR) END, o.more, o.odd]) AS extras
FROM raw.SROrganisation AS o
WHERE o.RemovedData IS NOT TRUE
