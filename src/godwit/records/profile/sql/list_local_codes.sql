-- Codes of the practice or the supplier in use, most used first: the worklist for mapping. Private: their words may
-- hold anything.
SELECT array_to_string(from_json(e.code, '["VARCHAR"]'), ', ') AS code,
    array_to_string(from_json(max(e.term), '["VARCHAR"]'), ', ') AS term, count(*) AS records,
    count(DISTINCT e.person) AS patients, left(max(e.happened) FILTER (WHERE gp_is_moment(e.happened)), 10) AS last_used
FROM profile.entry AS e
JOIN profile.code AS c ON c.code = e.code
WHERE c.own
GROUP BY e.code
ORDER BY records DESC, code
LIMIT 20000
