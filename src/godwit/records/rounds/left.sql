-- Earlier findings that were not found again by the id of their record, each with the number its patient has now.
SELECT b.before, b.entity, b.side, b.record, b.about, b.moment, coalesce(p.person, 0) AS person
FROM rounds.before AS b
ANTI JOIN rounds.same AS s USING (before)
LEFT JOIN rounds.person AS p ON p.side = b.side AND p.who = b.patient
WHERE p.person IS NOT NULL OR b.patient = 'practice'
