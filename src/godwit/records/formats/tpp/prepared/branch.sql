-- CTV3 codes of the branches that say what kind of entry a code makes: by the first characters of the code, and by the
-- dictionary's own hierarchy, because most CTV3 codes do not spell their place.
WITH headed AS (
    SELECT Ctv3Code AS code, v.ours, length(v.delivered) AS weight
    FROM (SELECT CTV3Code AS Ctv3Code FROM raw.SRCode UNION SELECT Ctv3CodeParent FROM raw.SRCtv3Hierarchy) AS c
    JOIN raw.value_branches AS v ON starts_with(c.Ctv3Code, v.delivered)
)
SELECT code, arg_max(ours, weight) AS kind
FROM (
    SELECT code, ours, weight FROM headed
    UNION ALL
    SELECT h.Ctv3CodeChild, p.ours, 0
    FROM raw.SRCtv3Hierarchy AS h JOIN headed AS p ON p.code = h.Ctv3CodeParent
)
WHERE code IS NOT NULL
GROUP BY code
