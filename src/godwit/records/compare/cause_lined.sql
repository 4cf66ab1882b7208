-- Every finding with its line. A finding that follows another on the same record stands in the other's line.
-- Parts: value (what a finding c has in the trait that line l takes).
WITH
headed AS (
    SELECT c.n, c.entity, c.source_row, c.base, coalesce(l.detail, rest.detail) AS detail
    FROM finding.clustered AS c
    JOIN finding.line AS rest ON rest.cluster = c.cluster AND rest.trait = ''
    LEFT JOIN finding.line AS l ON l.cluster = c.cluster AND l.trait <> '' AND l.value = {value}
)
SELECT n, detail FROM headed
UNION ALL
SELECT f.n, min(a.detail)
FROM finding.found AS f
JOIN finding.led AS x ON x.base = f.base
JOIN headed AS a ON a.entity = f.entity AND a.source_row = f.source_row AND a.base = x.leader
GROUP BY f.n
