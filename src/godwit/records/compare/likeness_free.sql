-- Make climb.free: rows that may still be paired by likeness, of patients with some left on both sides. Patients are
-- taken in turns, so that what has to be weighed at once is bounded.
-- Parts: size (rows of a turn).
CREATE OR REPLACE TABLE climb.free AS
WITH
open AS (
    SELECT c.* FROM climb.remaining AS c
    WHERE c.side = 'source' AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.source_row = c.row)
    UNION ALL
    SELECT c.* FROM climb.remaining AS c
    WHERE c.side = 'target' AND NOT EXISTS (SELECT 1 FROM climb.pair AS u WHERE u.target_row = c.row)
),
counted AS (SELECT scope, count(*) AS n FROM open GROUP BY scope HAVING count(DISTINCT side) = 2 AND scope IS NOT NULL),
turns AS (SELECT scope, (sum(n) OVER (ORDER BY scope) // {size})::BIGINT AS turn FROM counted)
SELECT o.*, t.turn FROM open AS o JOIN turns AS t ON t.scope = o.scope
