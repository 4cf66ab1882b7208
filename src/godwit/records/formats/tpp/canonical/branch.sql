-- Branches: the places of an organisation.
SELECT b.file, b.record,
    'SROrganisationBranch|' || coalesce(CAST(b.RowIdentifier AS VARCHAR),
        'row ' || b.file || '.' || b.record) AS key,
    'tpp.SROrganisationBranch|' || b.RowIdentifier AS source_id,
    'place' AS kind, b.BranchName AS name, CAST(b.BranchObsolete IS NOT TRUE AS VARCHAR) AS active,
    gp_line([b.HouseName, concat_ws(' ', b.HouseNumber, b.RoadName), b.Locality, b.Town, b.County,
             b.PostCode]) AS address,
    b.IDOrganisation AS organisation, gp_extras(['ID', 'more', 'odd'], [nullif(b.ID, '-1'), b.more, b.odd]) AS extras
FROM raw.SROrganisationBranch AS b
WHERE b.RemovedData IS NOT TRUE
