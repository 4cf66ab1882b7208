-- Everyone of either side, once: `who` is one number for both sides of a person (below zero for someone who is on one
-- side only), what both formats hold of birth, sex and death, the age band, and whether they are on the list now.
-- Parts: birth, sex, death (expressions over c), band (expression over birth), registered (condition over r).
WITH
known AS (
    SELECT c.side, c.person, min({birth}) AS birth, min({sex}) AS sex, min({death}) AS death
    FROM canonical.patient AS c
    GROUP BY c.side, c.person
),
on_list AS (
    SELECT DISTINCT r.side, r.person FROM canonical.registration AS r WHERE {registered}
)
SELECT k.side, k.person, coalesce(s.scope, t.scope, CASE k.side WHEN 'source' THEN -2 * k.person ELSE -2 * k.person - 1 END) AS who,
       k.birth, k.sex, k.death, {band} AS band, {by_list} AS registered
FROM known AS k
LEFT JOIN paired.person AS s ON k.side = 'source' AND s.source_person = k.person AND s.scope > 0
LEFT JOIN paired.person AS t ON k.side = 'target' AND t.target_person = k.person AND t.scope > 0
LEFT JOIN on_list AS o ON o.side = k.side AND o.person = k.person
