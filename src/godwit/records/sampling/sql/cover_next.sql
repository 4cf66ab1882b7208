-- The next patient to take: of the rarest kind that nobody chosen has yet, the one who has most such kinds, then the
-- most of this kind, then whoever comes first in the random order. Parts: route.
WITH covered AS (
    SELECT DISTINCT h.kind FROM sampling.holds AS h JOIN sampling.chosen AS c ON c.person = h.person
    WHERE h.route = '{route}'
), wanted AS (
    SELECT k.kind, k.patients FROM sampling.kind AS k ANTI JOIN covered AS c ON c.kind = k.kind
    WHERE k.route = '{route}'
), candidate AS (
    SELECT h.person, h.score, h.mate FROM sampling.holds AS h
    WHERE h.route = '{route}' AND h.kind = (SELECT kind FROM wanted ORDER BY patients, kind LIMIT 1)
), worth AS (
    SELECT h.person, count(DISTINCT h.kind) AS kinds FROM sampling.holds AS h
    JOIN wanted AS w ON w.kind = h.kind
    SEMI JOIN candidate AS c ON c.person = h.person
    WHERE h.route = '{route}'
    GROUP BY h.person
)
SELECT c.person, c.mate
FROM candidate AS c
JOIN worth AS w ON w.person = c.person
JOIN sampling.person AS p ON p.person = c.person
LEFT JOIN sampling.person AS m ON m.person = c.mate
ORDER BY w.kinds DESC, c.score DESC, p.turn, m.turn
LIMIT 1
