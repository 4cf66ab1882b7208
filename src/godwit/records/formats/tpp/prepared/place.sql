-- Branches by name.
SELECT RowIdentifier AS id, max(gp_words(BranchName)) AS name
FROM raw.SROrganisationBranch
GROUP BY RowIdentifier
