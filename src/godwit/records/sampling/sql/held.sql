-- Every kind on a route with how many patients have it, and which of those chosen. Parts: route.
WITH mine AS (
    SELECT DISTINCT h.kind, h.person FROM sampling.holds AS h JOIN sampling.chosen AS c ON c.person = h.person
    WHERE h.route = '{route}'
)
SELECT k.kind, k.patients, list(m.person) FILTER (WHERE m.person IS NOT NULL)
FROM sampling.kind AS k
LEFT JOIN mine AS m ON m.kind = k.kind
WHERE k.route = '{route}'
GROUP BY k.kind, k.patients
ORDER BY k.kind
