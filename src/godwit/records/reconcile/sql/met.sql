-- Who meets one need: has such an entry, and none of what overtakes it is as late as the latest of them.
-- Parts: need (its number), listed, later (lists of clusters), wanted (condition on an entry e).
INSERT INTO reconcile.met
SELECT {need}, side, who
FROM (
    SELECT e.side, e.who, max(e.day) FILTER (WHERE e.cluster IN ({listed}) AND {wanted}) AS latest,
           max(e.day) FILTER (WHERE e.cluster IN ({later})) AS overtaken
    FROM reconcile.entry AS e
    WHERE e.cluster IN ({listed}, {later})
    GROUP BY e.side, e.who
)
WHERE latest IS NOT NULL AND (overtaken IS NULL OR latest > overtaken)
