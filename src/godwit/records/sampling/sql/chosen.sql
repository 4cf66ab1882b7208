-- The patients of the sample with why each of them is in it: criteria, those that fewest patients meet first, and kinds
-- of data that hardly anybody else in the sample holds.
WITH mine AS (
    SELECT DISTINCT h.route, h.kind, h.person FROM sampling.holds AS h JOIN sampling.chosen AS c ON c.person = h.person
), held AS (
    SELECT m.*, k.patients, count(*) OVER (PARTITION BY m.route, m.kind) AS sharers
    FROM mine AS m JOIN sampling.kind AS k ON k.route = m.route AND k.kind = m.kind
), why AS (
    SELECT person, list(kind ORDER BY patients, kind) FILTER (WHERE route = 'criterion') AS criteria,
        list(kind ORDER BY patients, kind) FILTER (WHERE route = 'rare' AND sharers <= 2) AS rare
    FROM held
    GROUP BY person
), counted AS (
    SELECT person, sum(records) AS records FROM sampling.tally GROUP BY person
)
SELECT c.place, c.person, p.target_person, c.route, n.records, w.criteria, coalesce(w.rare, []), s.stratum
FROM sampling.chosen AS c
JOIN sampling.person AS p ON p.person = c.person
LEFT JOIN counted AS n ON n.person = c.person
LEFT JOIN why AS w ON w.person = c.person
LEFT JOIN sampling.stratum AS s ON s.person = c.person
ORDER BY c.place
