-- Allergies are left to a check of their own.
SELECT e.person, e.kind, e.file, e.record, coalesce(e.term, e.code) AS about
FROM profile.entry AS e
JOIN profile.code AS c ON c.code = e.code
WHERE c.own AND e.entity <> 'allergy'
