-- Keys that are not the same on both sides, or stand more than once on one. `content` is a fingerprint that lives no
-- longer than this run; the sum over both sides, the later one with its sign turned, is 0 for equal rows in any number.
-- Parts: keys, before, after (SELECTs of the keys and `content`).
SELECT {keys}, count(*) - sum(later)::BIGINT AS earlier, sum(later)::BIGINT AS later
FROM (
    SELECT *, 0 AS later FROM ({before})
    UNION ALL
    SELECT * REPLACE (-content AS content), 1 AS later FROM ({after})
)
GROUP BY {keys}
HAVING count(*) <> 2 OR sum(later) <> 1 OR sum(content) <> 0
