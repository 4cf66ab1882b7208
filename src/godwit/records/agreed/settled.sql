-- The outcome of every pair once people have had their say: agreed where every difference of it is agreed.
SELECT o.* REPLACE (
    CASE WHEN o.outcome = 'different' AND f.source_row IS NULL THEN 'agreed' ELSE o.outcome END AS outcome)
FROM finding.outcome AS o
LEFT JOIN (SELECT DISTINCT entity, source_row FROM finding.open WHERE outcome = 'different') AS f
    ON f.entity = o.entity AND f.source_row = o.source_row
